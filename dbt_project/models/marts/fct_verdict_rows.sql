-- The rows that failed a control, at both doors (不通过明细), with what was found and what the control asks.
with final as (
    select
        'entry' as door,
        control_id,
        severity,
        table_name,
        row_key,
        cast(null as varchar) as regime,
        facility_id,
        stream_id,
        parameter_id,
        period_start,
        period_end,
        found,
        expected,
        found_zh,
        found_en,
        expected_zh,
        expected_en,
        message_zh,
        message_en
    from {{ ref('entry_failures') }}
    union all
    select
        'exit' as door,
        control_id,
        severity,
        table_name,
        row_key,
        regime,
        facility_id,
        stream_id,
        null as parameter_id,
        period_start,
        null as period_end,
        found,
        expected,
        found_zh,
        found_en,
        expected_zh,
        expected_en,
        message_zh,
        message_en
    from {{ ref('exit_failures') }}
)

select * from final
