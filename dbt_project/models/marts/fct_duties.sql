-- The calendar of duties (履约与存证日历): what falls due for which facility and period, when, and when it was done, up to the
-- account's date. What a submission does is done with the first one; of the rest nothing here can know.
with submitted as (
    select
        periods.facility_id,
        periods.month,
        cast(min(steps.recorded_at) as date) as submitted_on
    from {{ ref('parameter_months') }} as periods
    left join {{ source('decisions', 'period_steps') }} as steps
        on periods.facility_id = steps.facility_id and periods.month = steps.month and steps.state = 'submitted'
    group by periods.facility_id, periods.month
),

months as (
    select
        duties.duty_id,
        submitted.facility_id,
        submitted.month as period_start,
        cast(submitted.month + interval 1 month as date) as period_end,
        cast(submitted.month + interval 1 month as date) - 1 + cast(duties.due_after_days as integer) as due_on,
        submitted.submitted_on
    from {{ source('rules', 'duties') }} as duties
    cross join submitted
    where duties.period = 'month'
),

years as (
    select
        duties.duty_id,
        submitted.facility_id,
        make_date(year(submitted.month), 1, 1) as period_start,
        make_date(year(submitted.month) + 1, 1, 1) as period_end,
        make_date(year(submitted.month) + 1, any_value(duties.due_month), any_value(duties.due_day)) as due_on,
        -- a year is submitted with the last of its months
        case when count(submitted.submitted_on) = count(*) then max(submitted.submitted_on) end as submitted_on
    from {{ source('rules', 'duties') }} as duties
    cross join submitted
    where duties.period = 'year'
    group by duties.duty_id, submitted.facility_id, year(submitted.month)
),

every_one as (
    select * from months
    union all
    select * from years
),

dated as (
    select
        every_one.* exclude (submitted_on),
        duties.name_zh,
        duties.name_en,
        duties.source,
        duties.done_by,
        case
            when duties.done_by = 'submitted' and every_one.period_end <= build.as_of then every_one.submitted_on
        end as done_on,
        build.as_of
    from every_one
    inner join {{ source('rules', 'duties') }} as duties on every_one.duty_id = duties.duty_id
    cross join {{ source('settings', 'build') }} as build
),

final as (
    select
        * exclude (done_by, as_of),
        case
            when coalesce(done_by, '') = '' then 'not_recorded'
            when done_on <= due_on then 'done'
            when done_on > due_on then 'late'
            when due_on < as_of then 'overdue'
            else 'open'
        end as state
    from dated
)

select * from final
