-- What each regression expects of a year's usable periods together (年度归一化对比), with the interval of the difference.
with final as (
    select
        baseline_key,
        subject_id,
        cast(year as integer) as year,
        points as periods,
        {{ stated('emissions', 6) }} as emissions_tco2e,
        {{ stated('expected', 6) }} as expected_tco2e,
        {{ stated('lower', 6) }} as expected_low_tco2e,
        {{ stated('upper', 6) }} as expected_high_tco2e
    from {{ ref('fits') }}
    where record_kind = 'year'
)

select * from final
