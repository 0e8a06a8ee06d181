-- The tables a report reads, with the columns the warehouse promises, and not one row.
create schema settings; create schema rules; create schema plan; create schema archive; create schema readings; create
    schema accounting; create schema marts;

create table settings.build (as_of date, first_period date, time_zone varchar, name_zh varchar, name_en varchar,
    plan_version varchar);
create table settings.regimes (regime varchar);
create table rules.stream_types (stream_type varchar, scope varchar, name_zh varchar, name_en varchar);
create table rules.fuels (fuel varchar, name_zh varchar, name_en varchar);
create table plan.roles (role_id varchar, name_zh varchar, name_en varchar, department varchar, person varchar, duty
    varchar);
create table archive.deliveries (received_seq bigint, file_sha256 varchar, file_name varchar, byte_count bigint,
    received_at timestamp, event varchar, first_seq bigint, reason varchar);

create table readings.readings (reading_id varchar, parameter_id varchar, period_start date, period_end date, quantity
    decimal(38, 12), unit varchar, hours_expected decimal(18, 6), hours_missing decimal(18, 6), basis varchar,
    record_type varchar, file_sha256 varchar, sheet varchar, row_first bigint, row_last bigint, start_file_sha256
    varchar, start_sheet varchar, start_row bigint, source_quantity decimal(38, 12), source_unit varchar, reason
    varchar);
create table readings.unplanned (record_type varchar, source_key varchar, measure varchar, row_count bigint,
    first_date date, last_date date, file_sha256 varchar, message varchar);
create table plan.parameters (parameter_id varchar, acquisition varchar, valid_from date);
create table plan.tasks (task_id varchar, control_id varchar, facility_id varchar, due_on date, done_on date, person
    varchar, evidence_file varchar, outcome varchar, note varchar);
create table plan.meters (meter_id varchar, point_id varchar);
create table readings.admitted (planned_id varchar, parameter_id varchar, stream_id varchar, facility_id varchar, kind
    varchar, role varchar, period_start date, period_end date, frequency varchar, unit varchar, quantity decimal(38,
    12), measured_quantity decimal(38, 12), hours_expected decimal(18, 6), hours_missing decimal(18, 6), plan_version
    varchar, best_estimate decimal(38, 12), substitute decimal(38, 12), basis varchar, rule_id varchar,
    fill_best_estimate decimal(38, 12), fill_substitute decimal(38, 12), failed_controls varchar);
create table accounting.workings (emission_id varchar, term_order integer, term varchar, basis varchar, value_text
    varchar, digits hugeint, scale bigint, numerator hugeint, denominator hugeint, unit varchar, factor_id varchar,
    is_earlier_year boolean, parameter_id varchar, error_code varchar, error_found varchar, edition varchar,
    source_document varchar, source_locator varchar, verification_status varchar);
create table accounting.emission_lines (emission_id varchar, regime varchar, stream_id varchar, facility_id varchar,
    month date, gas varchar, sign integer, unit varchar, quantity decimal(38, 12), parameter_id varchar, method_id
    varchar);
create table accounting.activity_months (regime varchar, stream_id varchar, facility_id varchar, parameter_id varchar,
    month date, quantity decimal(38, 12), unit varchar, measured_quantity decimal(38, 12), substituted_quantity
    decimal(38, 12), apportioned_quantity decimal(38, 12), hours_missing decimal(38, 12), is_complete boolean,
    incomplete_reason_zh varchar, incomplete_reason_en varchar);
create table accounting.emissions (emission_id varchar, regime varchar, stream_id varchar, facility_id varchar, month
    date, gas varchar, scope varchar, emissions_t decimal(38, 6), emissions_tco2e decimal(38, 6), error_code varchar,
    error_zh varchar, error_en varchar, is_complete boolean, incomplete_reason_zh varchar, incomplete_reason_en
    varchar);

create table marts.dim_facilities (facility_id varchar, name_zh varchar, name_en varchar, legal_entity varchar,
    region_code varchar, is_in_boundary boolean, boundary_reason varchar, is_ets_boundary boolean, estimated_tco2e
    decimal(38, 6));
create table marts.dim_streams (stream_id varchar, facility_id varchar, name_zh varchar, name_en varchar, stream_type
    varchar, fuel varchar, origin varchar);
create table marts.dim_parameters (parameter_id varchar, stream_id varchar, name_zh varchar, name_en varchar, kind
    varchar, record_type varchar, source_key varchar, measure varchar, unit varchar, role varchar, frequency varchar);
create table marts.dim_controls (control_id varchar, name_zh varchar, name_en varchar, clause varchar, door varchar,
    severity varchar, enforced_by varchar, tolerance decimal(18, 6), treatment_zh varchar, treatment_en varchar,
    owner_role varchar, message_zh varchar, message_en varchar);
create table marts.dim_factors (factor_id varchar, factor_set varchar, edition varchar, term varchar, subject varchar,
    subject_printed varchar, gas varchar, region_code varchar, value_text varchar, unit_printed varchar, value
    decimal(38, 18), unit varchar, source_document varchar, source_locator varchar, verification_status varchar);
create table marts.dim_regimes (regime varchar, name_zh varchar, name_en varchar, edition varchar, boundary varchar,
    gases varchar, gwp_set varchar, missing_data_stance varchar, export_treatment varchar, grid_factor_rule varchar,
    rounding_stage varchar, rounding_mode varchar, rounding_decimals integer, source_document varchar, source_locator
    varchar, verification_status varchar, note_zh varchar, note_en varchar, is_used boolean);

create table marts.fct_inventory (regime varchar, year integer, month date, facility_id varchar, scope varchar,
    stream_id varchar, stream_type varchar, fuel varchar, gas varchar, activity_quantity decimal(38, 12),
    activity_unit varchar, emissions_t decimal(38, 6), emissions_tco2e decimal(38, 6), measured_share decimal(18, 6),
    apportioned_share decimal(18, 6), overridden_share decimal(18, 6), substituted_share decimal(18, 6), status varchar, reason_zh varchar, reason_en
    varchar, emission_id varchar);
create table marts.fct_totals (regime varchar, year integer, facility_id varchar, scope varchar, emissions_tco2e
    decimal(38, 6), status varchar, reason_zh varchar, reason_en varchar);
create schema if not exists rules;
create table rules.quality_parts (part varchar, position integer, weight decimal(38, 12), name_zh varchar, name_en varchar,
    meaning_zh varchar, meaning_en varchar);
create table marts.fct_quality_scores (facility_id varchar, period_kind varchar, period_start date, part varchar,
    position integer, have decimal(38, 6), due decimal(38, 6), share decimal(18, 6), weight decimal(38, 12),
    weight_used decimal(38, 12), points decimal(18, 4));
create table marts.fct_transfers (regime varchar, year integer, month date, facility_id varchar, stream_id varchar,
    counterpart_facility_id varchar, counterpart_stream_id varchar, scope varchar, emissions_tco2e decimal(38, 6));
create table marts.fct_biogenic (regime varchar, year integer, month date, facility_id varchar, stream_id varchar,
    biogenic_co2_t decimal(38, 6), status varchar);
create table marts.fct_activity_data (stream_id varchar, facility_id varchar, parameter_id varchar, kind varchar,
    month date, quantity decimal(38, 12), unit varchar, best_estimate decimal(38, 12), substitute decimal(38, 12),
    measured_share decimal(18, 6), apportioned_share decimal(18, 6), overridden_share decimal(18, 6), substituted_share
    decimal(18, 6), hours_missing
    decimal(18, 6));
create table marts.fct_energy (facility_id varchar, stream_id varchar, stream_type varchar, fuel varchar, month date,
    energy_gj decimal(38, 6), energy_tce decimal(38, 6), reason varchar);
create table marts.fct_exclusions (regime varchar, facility_id varchar, stream_id varchar, stream_type varchar, fuel
    varchar, origin varchar, treatment varchar, reason_zh varchar, reason_en varchar);
create table marts.fct_meter_completeness (point_id varchar, meter_id varchar, facility_id varchar, local_date date,
    values_expected integer, values_present integer);
create table marts.fct_deliveries (received_seq bigint, file_sha256 varchar, file_name varchar, feed varchar,
    record_type varchar, outcome varchar, codes varchar, rows_read bigint, rows_loaded bigint, rows_quarantined
    bigint, rows_skipped bigint, rows_current bigint, rows_superseded bigint, byte_count bigint,
    received_at timestamp);
create table marts.fct_quarantine (file_name varchar, sheet varchar, row_number bigint, code varchar, field varchar,
    found varchar, message_zh varchar, message_en varchar, row_text varchar, file_sha256 varchar);
create table marts.fct_verdicts (control_id varchar, facility_id varchar, month date, status varchar, severity varchar,
    due_count bigint, judged_count bigint, failed_count bigint, message varchar);
create table marts.fct_verdict_rows (door varchar, control_id varchar, severity varchar, table_name varchar,
    row_key varchar, regime varchar, facility_id varchar, stream_id varchar, parameter_id varchar, period_start date,
    period_end date, found varchar, expected varchar, message_zh varchar, message_en varchar,
    found_zh varchar as (found), found_en varchar as (found), expected_zh varchar as (expected),
    expected_en varchar as (expected));
create table marts.fct_uncertainty (regime varchar, year integer, facility_id varchar, scope varchar, emissions_tco2e
    decimal(38, 6), uncertainty_tco2e decimal(38, 6), uncertainty_share decimal(18, 6), sources_count bigint,
    default_sources_count bigint);
create table marts.fct_regime_bridge (from_regime varchar, to_regime varchar, year integer, facility_id varchar,
    position integer, item varchar, name_zh varchar, name_en varchar, difference_tco2e decimal(38, 6));
create table marts.fct_closed_periods (period_name varchar, since date, until date, regime varchar, year integer,
    facility_id varchar, status varchar, reported_tco2e decimal(38, 6), restated_tco2e decimal(38, 6), difference_tco2e
    decimal(38, 6), closed_build_id varchar, code_version varchar, closed_as_of date, closed_by varchar);
create table marts.fct_restatements (period_name varchar, regime varchar, year integer, facility_id varchar, position integer,
    change_part varchar, name_zh varchar, name_en varchar, difference_tco2e decimal(38, 6));
create table marts.fct_yearly_changes (regime varchar, from_year integer, to_year integer, facility_id varchar, position
    integer, yearly_part varchar, name_zh varchar, name_en varchar, from_tco2e decimal(38, 6), to_tco2e decimal(38, 6),
    difference_tco2e decimal(38, 6), status varchar);
create table marts.fct_substitutions (facility_id varchar, stream_id varchar, parameter_id varchar, period_start date,
    period_end date, rule_id varchar, hours_missing decimal(18, 6), measured_quantity decimal(38, 12), best_estimate
    decimal(38, 12), substitute decimal(38, 12), unit varchar, approved_by varchar, approved_at timestamp);
create table marts.fct_events (event varchar, file_name varchar, record_type varchar, "key" varchar, old_value varchar,
    new_value varchar, received_seq bigint, sheet varchar, row_first bigint, file_sha256 varchar);
create table marts.fct_reconciliations (kind varchar, facility_id varchar, stream_id varchar, subject varchar, month date,
    period_start date, period_end date, stated decimal(38,12), recomputed decimal(38,12), unit varchar,
    gap_ratio decimal(18,6), is_flagged boolean, message_zh varchar, message_en varchar);
create view marts.load_profile_values as select 'M-E1' as meter_id, 'active_import' as channel, timestamp '2025-03-01'
    + to_minutes(15 * point) as interval_start, (180 + 3 * abs(48 - point))::decimal(18, 6) as quantity, 'kWh' as
    unit, null::varchar as flag from (select unnest(range(96))::integer as point);
