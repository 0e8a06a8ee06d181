-- Days read at a tiny share or a huge multiple of the usual (日值错位), by metered parameter and month: kilowatt-hours for
-- megawatt-hours in some days of a file leave the month's total inconspicuous. What swings by itself, as sunshine does, is not
-- judged.
with days as (
    select
        parameter_id,
        cast(date_trunc('month', period_start) as date) as month,
        quantity
    from {{ ref('readings') }}
    where record_type = 'load_profile' and quantity > 0
),

usual as (
    select
        parameter_id,
        median(quantity) as middle,
        quantile_cont(quantity, 0.05) as low,
        quantile_cont(quantity, 0.95) as high
    from days
    group by parameter_id
),

slipped as (
    select
        days.parameter_id,
        days.month,
        count(*) as days_slipped
    from days
    inner join usual on days.parameter_id = usual.parameter_id
    where
        least(usual.low / usual.middle, usual.middle / usual.high) >= {{ limit_of('DQ34', 'day_spread') }}
        and least(days.quantity / usual.middle, usual.middle / days.quantity) < {{ limit_of('DQ34', 'day_share') }}
    group by days.parameter_id, days.month
),

final as (
    select
        planned.planned_id,
        planned.facility_id,
        planned.stream_id,
        planned.period_start,
        case when planned.readings_count > 0 then coalesce(slipped.days_slipped, 0) end as days_slipped
    from {{ ref('planned') }} as planned
    left join slipped
        on planned.parameter_id = slipped.parameter_id and planned.period_start = slipped.month
    where planned.record_type = 'load_profile' and planned.frequency = 'month'
)

select * from final
