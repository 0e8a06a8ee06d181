-- What each regression expects of a period (回归期望值) beside what was emitted, with the prediction interval.
with final as (
    select
        baseline_key,
        subject_id,
        grain,
        period_start,
        is_in_baseline,
        {{ stated('emissions', 6) }} as emissions_tco2e,
        {{ stated('expected', 6) }} as expected_tco2e,
        {{ stated('lower', 6) }} as expected_low_tco2e,
        {{ stated('upper', 6) }} as expected_high_tco2e,
        {{ stated('emissions', 6) }} - {{ stated('expected', 6) }} as residual_tco2e,
        {{ stated('standard_error', 6) }} as standard_error_tco2e,
        {{ stated('(emissions - expected) / standard_error', 6) }} as standard_errors
    from {{ ref('fits') }}
    where record_kind = 'period'
)

select * from final
