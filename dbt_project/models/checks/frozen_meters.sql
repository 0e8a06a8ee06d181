-- Did a meter stand still (表计停走)? The days in a row with one reading, by metered parameter and month; a register that did
-- not move for a whole month, and never did that else, stood still all its days.
with months as (
    select
        *,
        cast(date_trunc('month', period_start) as date) as month,
        frequency = 'month' and quantity = 0
        and count(*) filter (where quantity = 0) over own = 1
        and count(quantity) over own >= {{ limit_of('DQ33', 'months_of_history') }} as is_still_all_month
    from {{ ref('planned') }}
    where
        record_type in ('load_profile', 'register_reading')
        and (frequency = 'month' or period_start = date_trunc('month', period_start))
    window own as (partition by parameter_id)
),

final as (
    select
        months.planned_id,
        months.facility_id,
        months.stream_id,
        months.period_start,
        case
            when months.measured_quantity is null then null
            when months.is_still_all_month then {{ days_between('months.period_start', 'months.period_end') }}
            else coalesce(still.days, 0)
        end as days_still,
        cast(controls.tolerance as bigint) as days_allowed
    from months
    left join {{ ref('still_days') }} as still on months.parameter_id = still.parameter_id and months.month = still.month
    {{ with_control('DQ33', 'months.month') }}
)

select * from final
