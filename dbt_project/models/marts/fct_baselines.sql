-- Every candidate of a baseline side by side (基准候选), and which is the effective one: value, years, version, validity, reason,
-- approver and the verification status of its years.
with final as (
    select
        candidates.baseline_key,
        candidates.baseline_id,
        candidates.version,
        candidates.subject_id,
        candidates.facility_id,
        candidates.regime,
        candidates.measure,
        candidates.baseline_kind,
        candidates.grain,
        cast(candidates.first_year as integer) as first_year,
        cast(candidates.last_year as integer) as last_year,
        coalesce(candidates.variables, '') as variables,
        candidates.value,
        candidates.unit,
        candidates.accounted_value,
        candidates.edition_month,
        candidates.is_effective,
        coalesce(effective.is_in_force, false) as is_in_force,
        candidates.valid_from,
        candidates.valid_to,
        candidates.approved_reason as reason,
        coalesce(candidates.approver, '') as approver,
        candidates.verification_status,
        cast(candidates.months_verified as bigint) as months_verified,
        coalesce(candidates.benchmark_source, '') as benchmark_source,
        effective.is_acceptable_regression,
        candidates.status,
        candidates.reason_zh,
        candidates.reason_en
    from {{ ref('baseline_candidates') }} as candidates
    left join {{ ref('baselines') }} as effective on candidates.baseline_key = effective.baseline_key
)

select * from final
