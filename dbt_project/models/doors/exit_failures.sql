-- Verdicts of the exit door at their finest (出口门不通过明细): control × row, failures only, placed in facility and month.
with failures as (
    {{ failures_of('exit_door') }}
),

final as (
    select
        control_id,
        severity,
        table_name,
        row_key,
        regime,
        facility_id,
        stream_id,
        period_start,
        month,
        found,
        expected,
        found_zh,
        found_en,
        expected_zh,
        expected_en,
        message_zh,
        message_en
    from failures
)

select * from final
