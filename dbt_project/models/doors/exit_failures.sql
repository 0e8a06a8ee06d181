-- Verdicts of the exit door at their finest (出口门不通过明细): control × row, failures only, placed in facility and month.
with failures as (
    {{ failures_of('exit_door') }}
),

final as (
    select
        failures.control_id,
        failures.severity,
        failures.table_name,
        failures.row_key,
        coalesce(emissions.regime, coverage.regime) as regime,
        failures.facility_id,
        coalesce(emissions.stream_id, coverage.stream_id) as stream_id,
        failures.period_start,
        failures.month,
        failures.found,
        failures.expected,
        failures.message_zh,
        failures.message_en
    from failures
    left join {{ ref('emissions') }} as emissions
        on
            failures.table_name = 'accounting.emissions'
            and failures.row_key = emissions.emission_id
    left join {{ ref('annual_coverage') }} as coverage
        on
            failures.table_name = 'doors.annual_coverage'
            and failures.row_key = coverage.coverage_id
)

select * from final
