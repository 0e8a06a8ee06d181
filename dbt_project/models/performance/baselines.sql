-- The effective baselines (生效基准), one per subject and measure at a time: value, years, version, validity, reason, approver and
-- whether people have verified the months they rest on. The regression's acceptance rides along.
with final as (
    select
        candidates.*,
        regressions.is_acceptable as is_acceptable_regression,
        build.as_of >= candidates.valid_from and build.as_of < candidates.ends_on as is_in_force
    from {{ ref('baseline_candidates') }} as candidates
    left join {{ ref('regressions') }} as regressions on candidates.baseline_key = regressions.baseline_key
    cross join {{ source('settings', 'build') }} as build
    where candidates.is_effective
)

select * from final
