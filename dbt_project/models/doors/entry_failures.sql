-- Verdicts of the entry door at their finest (入口门不通过明细): control × row, failures only, placed in facility and month.
-- A stock balance that does not add up is laid at the accounted consumption of its material and month.
with failures as (
    {{ failures_of('entry_door') }}
),

balances as (
    select
        balances.row_key,
        min(planned.planned_id) as planned_id
    from {{ ref('stock_balances') }} as balances
    inner join {{ source('plan', 'parameters') }} as parameters
        on
            parameters.record_type = 'stock_movement'
            and split_part(parameters.source_key, '/', 2) = balances.material_code
    inner join {{ ref('planned') }} as planned
        on
            parameters.parameter_id = planned.parameter_id
            and balances.facility_id = planned.facility_id
            and balances.month = date_trunc('month', planned.period_start)
    where planned.role = 'account'
    group by balances.row_key
),

final as (
    select
        failures.control_id,
        failures.severity,
        failures.table_name,
        failures.row_key,
        planned.planned_id,
        failures.facility_id,
        planned.stream_id,
        planned.parameter_id,
        failures.period_start,
        planned.period_end,
        failures.month,
        failures.found,
        failures.expected,
        failures.message_zh,
        failures.message_en
    from failures
    left join balances
        on
            failures.table_name = 'readings.stock_balances'
            and failures.row_key = balances.row_key
    left join {{ ref('planned') }} as planned
        on
            planned.planned_id
            = case failures.table_name when 'readings.planned' then failures.row_key else balances.planned_id end
)

select * from final
