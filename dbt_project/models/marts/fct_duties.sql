-- The calendar of duties (履约与存证日历): what falls due for which facility and period, and when, up to the account's date.
with periods as (
    select distinct
        facility_id,
        month
    from {{ ref('parameter_months') }}
),

months as (
    select
        duties.duty_id,
        periods.facility_id,
        periods.month as period_start,
        cast(periods.month + interval 1 month as date) as period_end,
        cast(periods.month + interval 1 month as date) - 1 + cast(duties.due_after_days as integer) as due_on
    from {{ source('rules', 'duties') }} as duties
    cross join periods
    where duties.period = 'month'
),

years as (
    select distinct
        duties.duty_id,
        periods.facility_id,
        make_date(year(periods.month), 1, 1) as period_start,
        make_date(year(periods.month) + 1, 1, 1) as period_end,
        make_date(year(periods.month) + 1, duties.due_month, duties.due_day) as due_on
    from {{ source('rules', 'duties') }} as duties
    cross join periods
    where duties.period = 'year'
),

every_one as (
    select * from months
    union all
    select * from years
),

final as (
    select
        every_one.*,
        duties.name_zh,
        duties.name_en,
        duties.source
    from every_one
    inner join {{ source('rules', 'duties') }} as duties on every_one.duty_id = duties.duty_id
)

select * from final
