-- The twelve months of each year as they were known at the end of each month (预测输入): actual months, and for the others what is
-- assumed: output of the same month a year before (else the mean of the last twelve known), weekends of the calendar.
with subjects as (
    select
        bases.subject_id,
        min(year(targets.valid_from)) as first_year,
        max(targets.target_year) as last_year
    from {{ source('plan', 'targets') }} as targets
    inner join {{ ref('target_bases') }} as bases on targets.baseline_id = bases.baseline_id
    group by bases.subject_id
),

known as (
    select
        subject_id, month, emissions_tco2e, production, is_complete, has_production,
        avg(case when has_production then production end) over (
            partition by subject_id order by month rows between 11 preceding and current row
        ) as mean_production
    from {{ ref('monthly_performance') }}
),

cuts as (
    select
        known.subject_id, known.month as cut_month, year(known.month) as year,
        cast(round(known.mean_production, 6) as decimal(38, 12)) as mean_production
    from known
    inner join subjects on known.subject_id = subjects.subject_id
    where year(known.month) between subjects.first_year and subjects.last_year
),

months as (
    select
        cuts.*,
        make_date(cuts.year, calendar.month, 1) as month
    from cuts
    cross join (select cast(unnest(generate_series(1, 12)) as integer) as month) as calendar
),

-- the same calendar month of the latest year in which it was whole
earlier as (
    select
        calendar.subject_id,
        calendar.month,
        arg_max(known.emissions_tco2e, known.month) as emissions_tco2e
    from (select distinct subject_id, month from months) as calendar
    inner join known
        on calendar.subject_id = known.subject_id and month(calendar.month) = month(known.month)
    where known.month < calendar.month and known.is_complete
    group by calendar.subject_id, calendar.month
),

final as (
    select
        months.subject_id || '@' || strftime(months.cut_month, '%Y-%m') as forecast_id,
        months.subject_id,
        months.cut_month,
        months.month,
        day(last_day(months.month)) as days,
        list_count(list_filter(
            generate_series(months.month, last_day(months.month), interval 1 day), lambda moment: isodow(moment) > 5
        )) as weekend_days,
        coalesce(known.is_complete, false) as is_known,
        case when known.is_complete then known.emissions_tco2e end as emissions_tco2e,
        coalesce(
            case when known.has_production then known.production end,
            case when before.has_production then before.production end,
            months.mean_production
        ) as production,
        coalesce(known.has_production, false) as has_production,
        earlier.emissions_tco2e as emissions_year_before
    from months
    left join known
        on months.subject_id = known.subject_id and months.month = known.month and months.month <= months.cut_month
    left join known as before
        on months.subject_id = before.subject_id and before.month = cast(months.month - interval 1 year as date)
    left join earlier on months.subject_id = earlier.subject_id and months.month = earlier.month
)

select * from final
