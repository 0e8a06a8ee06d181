-- Verdicts of the entry door at their finest (入口门不通过明细): control × row, failures only, placed in facility and month.
with failures as (
    {{ failures_of('entry_door') }}
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
    left join {{ ref('planned') }} as planned
        on failures.table_name = 'readings.planned'
        and failures.row_key = planned.planned_id
)

select * from final
