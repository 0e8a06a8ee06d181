-- Every candidate of a baseline, those in force first; the order of the kinds is that of clause 7.4.2.
select
    baseline_key,
    baseline_id,
    version,
    subject_id,
    measure,
    baseline_kind,
    grain,
    first_year,
    last_year,
    value,
    accounted_value,
    edition_month,
    is_effective,
    is_in_force,
    valid_from,
    valid_to,
    reason,
    approver,
    verification_status,
    months_verified,
    benchmark_source,
    status,
    reason_zh,
    reason_en
from marts.fct_baselines
order by
    subject_id,
    measure,
    list_position(['prior_year', 'typical_year', 'historic_mean', 'regression', 'benchmark'], baseline_kind),
    baseline_id,
    valid_from
