-- Each subject month by month: what it came to, and what the effective regression expects, both also per unit of production.
select
    subject_id,
    month,
    emissions_tco2e,
    accounted_tco2e,
    restatement_tco2e,
    production,
    intensity,
    expected_tco2e,
    expected_low_tco2e,
    expected_high_tco2e,
    case when production > 0 then cast(expected_low_tco2e / production as decimal(38, 12)) end as expected_low_intensity,
    case when production > 0 then cast(expected_high_tco2e / production as decimal(38, 12)) end as expected_high_intensity,
    status,
    has_apportioned,
    has_substituted,
    reason_zh,
    reason_en
from marts.fct_performance_months
order by subject_id, month
