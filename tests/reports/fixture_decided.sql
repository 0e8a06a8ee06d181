-- What people decided in the made-up enterprise, the price of its gaps and its defaults; hostile text among them.
insert into marts.fct_overrides by name
select
    'D7' as override_id, 'F1' as facility_id, 'S1-COAL' as stream_id, 'P-S1-COAL' as parameter_id,
    date '2025-03-01' as period_start, date '2025-04-01' as period_end, 330.5 as measured_quantity,
    'measured' as basis_received, 338.445 as value, 't' as unit, 338.445 as quantity, 't' as plan_unit, 7.945 as difference,
    'in_force' as state, true as is_effective, '漏记一车' || getvariable('script') as reason, date '2026-12-31' as expires_on,
    '王倩' as made_by, 'w1' as made_by_os_user, timestamp '2025-04-03 08:00:00' as made_at, '陈思远' as approved_by,
    'w2' as approved_by_os_user, timestamp '2025-04-04 08:00:00' as approved_at, '' as rejected_by, '' as rejected_reason
union all by name
select
    'D9' as override_id, 'F1' as facility_id, 'P-S1-GAS' as parameter_id, date '2025-02-01' as period_start,
    date '2025-03-01' as period_end, 'measured' as basis_received, 1 as value, 't' as unit, 'pending' as state,
    false as is_effective, '待核 / to be seen' as reason, date '2026-12-31' as expires_on, '周敏' as made_by,
    timestamp '2025-04-05 08:00:00' as made_at;
insert into marts.fct_substitution_approvals by name
select 'F1' as facility_id, 'S1-ELEC' as stream_id, 'P-S1-ELEC' as parameter_id, date '2025-06-01' as period_start,
    'MD-04' as rule_id, 'not_approved' as state, '' as approved_by, '' as decision_id;
insert into marts.fct_gap_prices by name
select 'gbt32150' as regime, 2025 as year, make_date(2025, n::int, 1) as month, 'F1' as facility_id, 'S1-ELEC' as stream_id,
    'P-S1-ELEC' as parameter_id, 'outage' as cause, 'MD-04' as rule_id, '' as failed_controls, false as is_default,
    (20 - n) * 1.25 as tonnes_at_risk, 70.5 as price_cny_per_t, date '2025-09-30' as price_date,
    '某市场 / a market' as price_source, false as is_own_price, (20 - n) * 1.25 * 70.5 as yuan_at_risk, '' as reason
from range(1, 10) as months(n)
union all by name
select 'gbt32150' as regime, 2024 as year, make_date(2024, n::int, 1) as month, 'F2' as facility_id, 'S2-ELEC' as stream_id,
    'P-S2-ELEC' as parameter_id, 'outage, quarantined' as cause, 'MD-04' as rule_id, 'DQ14' as failed_controls,
    false as is_default, 0.125 * n as tonnes_at_risk, 70.5 as price_cny_per_t, date '2025-09-30' as price_date,
    '某市场 / a market' as price_source, false as is_own_price, 0.125 * n * 70.5 as yuan_at_risk, '' as reason
from range(1, 7) as months(n)
union all by name
select 'gbt32150' as regime, 2025 as year, date '2025-03-01' as month, 'F2' as facility_id, 'S2-ELEC' as stream_id,
    'P-S2-ELEC' as parameter_id, 'nothing_came' as cause, '' as rule_id, '' as failed_controls,
    '没有规则 / no rule' as reason;
insert into marts.fct_defaults by name
select 'gbt32150' as regime, 2025 as year, date '2025-03-01' as month, 'F1' as facility_id, 'S1-GAS' as stream_id,
    'CO2' as gas, 'ncv' as term, 'MD-03' as rule_id, 'I' as severity, '取缺省值' as rule_zh, 'the default is used' as rule_en,
    'gbt/ncv/natural_gas' as factor_id, 389.31 as value, 'GJ/万Nm3' as unit, 'GB/T 32151.34-2024' as source_document,
    'C.1' as source_locator, 'confirmed' as verification_status, 'gbt32150|S1-GAS|2025-03|CO2' as emission_id;
insert into marts.fct_nonconformities by name
select 'DQ14@F2@2025-08' as nonconformity_id, 'DQ14' as control_id, 'F2' as facility_id, 'E' as severity,
    'energy' as owner_role, '张三' as owner, 1 as occurrence, 'open' as status, date '2025-08-01' as first_failed_month,
    date '2025-10-01' as last_failed_month, 3 as failed_months, 3 as failed_count, date '2025-09-01' as opened_on,
    date '2025-10-01' as due_on, true as is_overdue, '' as cause, '' as correction, '' as plan_version, '' as corrected_by,
    '' as scanned_by, 0 as similar_facilities, 0 as similar_parameters, 0 as passes, 3 as passes_to_close;
insert into marts.fct_period_states by name
select 'F1' as facility_id, date '2025-03-01' as month, 'gbt32150' as regime, 'submitted' as state, true as is_reportable,
    '' as reason_zh, '' as reason_en, 100.5 as emissions_tco2e, 99.25 as reported_tco2e, 1.25 as changed_since_tco2e,
    98 as verified_tco2e, -1.25 as verified_difference_tco2e, '某核查机构' as verifier, '' as verified_note, 1 as findings,
    1 as open_findings, '王倩' as calculated_by, '陈思远' as reviewed_by, '陆建国' as submitted_by, '' as verified_by,
    '' as despite;
insert into marts.fct_findings by name
select 'D11' as finding_id, 'F1' as facility_id, date '2025-03-01' as month, '某核查机构' as verifier,
    '缺凭证' || getvariable('script') as finding, 'open' as status, 0 as reply_count, '' as replies, '' as closing_note,
    '陈思远' as recorded_by, timestamp '2025-05-01 08:00:00' as recorded_at, '' as closed_by;
insert into marts.fct_duties by name
select 'CAL-01' as duty_id, facility as facility_id, date '2025-10-01' as period_start, date '2025-11-01' as period_end,
    date '2025-12-10' as due_on, '月度存证' as name_zh, 'Monthly record' as name_en, 'x' as source, null as done_on,
    'open' as state
from (values ('F1'), ('F2')) as facilities (facility);
