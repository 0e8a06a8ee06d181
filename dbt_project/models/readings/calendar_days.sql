-- The calendar (日历), day by day from 1990 to 2100; which days are due is decided in planned_periods, not here.
with days as (
    {{ every_day("date '1990-01-01'", "date '2100-12-31'") }}
),

final as (
    select
        local_date,
        local_date + 1 as next_date,
        cast(date_trunc('month', local_date) as date) as month,
        cast(date_trunc('month', local_date) + interval 1 month as date) as next_month
    from days
)

select * from final
