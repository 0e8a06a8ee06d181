-- Verdicts of the entry door at their finest (入口门不通过明细): control × row, failures only, placed in facility and month.
-- A failure that is laid at one planned reading (a stock balance at the accounted consumption) carries its planned_id.
with failures as (
    {{ failures_of('entry_door') }}
),

final as (
    select
        failures.control_id,
        failures.severity,
        failures.table_name,
        failures.row_key,
        failures.planned_id,
        failures.facility_id,
        coalesce(planned.stream_id, failures.stream_id) as stream_id,
        planned.parameter_id,
        failures.period_start,
        planned.period_end,
        failures.month,
        failures.found,
        failures.expected,
        failures.found_zh,
        failures.found_en,
        failures.expected_zh,
        failures.expected_en,
        failures.message_zh,
        failures.message_en
    from failures
    left join {{ ref('planned') }} as planned on failures.planned_id = planned.planned_id
)

select * from final
