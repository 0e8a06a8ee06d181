-- The streams of each subject that are read by day (日读数排放源), or whose bills are spread by day, with what a unit of them comes to
-- in the month. `streams_due`: how many of them a whole day has.
with rates as (
    select
        subject_id,
        stream_id,
        month,
        sum(emissions_tco2e) as emissions_tco2e,
        max(quantity) as quantity,
        count(*) = count(emissions_tco2e) and max(quantity) <> 0 as is_known
    from {{ ref('restated_lines') }}
    group by subject_id, stream_id, month
),

read_months as (
    select stream_id, month, count(*) as days_read
    from {{ ref('stream_days') }}
    group by stream_id, month
),

covered as (
    select
        rates.*,
        sum(coalesce(read_months.days_read, 0)) over of_stream as days_read,
        sum(day(last_day(rates.month))) over of_stream as days_due
    from rates
    left join read_months on rates.stream_id = read_months.stream_id and rates.month = read_months.month
    window of_stream as (partition by rates.subject_id, rates.stream_id)
),

final as (
    select
        *,
        count(*) over (partition by subject_id, month) as streams_due
    from covered
    where days_read >= {{ performance_limit('daily_coverage') }} * days_due
)

select * from final
