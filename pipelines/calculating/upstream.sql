-- What the accounts read from the rooms before them, with the columns those rooms promise, and not one row.
create schema readings; create schema staging; create schema doors; create schema checks;

create table readings.admitted (
    planned_id varchar, parameter_id varchar, stream_id varchar, facility_id varchar, kind varchar, role varchar,
    frequency varchar, period_start date, period_end date, unit varchar,
    quantity decimal(38, 12), measured_quantity decimal(38, 12),
    hours_expected decimal(18, 6), hours_missing decimal(18, 6), plan_version varchar,
    best_estimate decimal(38, 12), substitute decimal(38, 12), basis varchar, rule_id varchar,
    fill_best_estimate decimal(38, 12), fill_substitute decimal(38, 12), failed_controls varchar
);
create table readings.substitutes (
    planned_id varchar, regime varchar, rule_id varchar, answers_control varchar, cause varchar, direction varchar,
    kept_quantity decimal(38, 12), is_gap boolean, is_default boolean, default_estimate decimal(38, 12),
    fill_best_estimate decimal(38, 12), fill_substitute decimal(38, 12)
);
create table readings.regime_admitted (
    regime varchar, planned_id varchar, parameter_id varchar, period_start date, basis varchar,
    best_estimate decimal(38, 12), substitute decimal(38, 12), fill_best_estimate decimal(38, 12),
    fill_substitute decimal(38, 12), rule_id varchar
);
create table readings.conservative_directions (
    parameter_id varchar, valid_from date, valid_to date, stream_type varchar, direction varchar
);
create table readings.planned (
    planned_id varchar, parameter_id varchar, stream_id varchar, facility_id varchar, kind varchar, role varchar,
    period_start date, period_end date, unit varchar, quantity decimal(38, 12),
    cross_check_quantity decimal(38, 12), cross_check_gap decimal(38, 12), cross_check_tolerance decimal(38, 12)
);
create table readings.calendar_days as
select
    cast(day as date) as local_date, cast(date_trunc('month', day) as date) as month,
    cast(date_trunc('month', day) + interval 1 month as date) as next_month
from generate_series(timestamp '2018-01-01', timestamp '2026-12-31', interval 1 day) as days(day);

create table readings.readings (parameter_id varchar, period_start date, file_sha256 varchar, source_unit varchar);

create table readings.claims (record_type varchar, source_key varchar, parameter_id varchar);

create table checks.supporting_documents (
    document varchar, period_start date, period_end date, month date, evidence_sha256 varchar, told varchar
);

create table doors.entry_failures (
    control_id varchar, severity varchar, table_name varchar, row_key varchar, planned_id varchar, facility_id varchar,
    stream_id varchar, parameter_id varchar, period_start date, period_end date, month date, found varchar,
    expected varchar, found_zh varchar, found_en varchar, expected_zh varchar, expected_en varchar,
    message_zh varchar, message_en varchar
);
create table doors.entry_door (
    record_kind varchar, control_id varchar, suite varchar, table_name varchar, row_key varchar, facility_id varchar,
    period_start date, status varchar, message varchar
);
create table doors.exit_failures (
    control_id varchar, severity varchar, table_name varchar, row_key varchar, regime varchar, facility_id varchar,
    stream_id varchar, period_start date, month date, found varchar, expected varchar,
    found_zh varchar, found_en varchar, expected_zh varchar, expected_en varchar, message_zh varchar, message_en varchar
);
create table doors.control_months (
    control_id varchar, facility_id varchar, month date, severity varchar, status varchar, due_count bigint,
    judged_count bigint, failed_count bigint, message varchar
);
