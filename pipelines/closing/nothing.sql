-- Schema closed (已关闭期间): what the models read of closed periods, and not one row. The columns are those of the build's own
-- tables that a comparison needs; a closed period's Parquet holds more.
create schema if not exists closed;
create or replace table closed.reported_periods (
    period_name varchar, since date, until date, regime varchar, year integer, facility_id varchar, reported_tco2e decimal(38, 6),
    status varchar, build_id varchar, code_version varchar, as_of date, closed_by varchar
);
create or replace table closed.reported_months (
    period_name varchar, facility_id varchar, month date, regime varchar, as_of date, first_period date
);
create or replace table closed.reported_emission_lines (
    emission_id varchar, regime varchar, facility_id varchar, stream_id varchar, month date, gas varchar, scope varchar,
    sign integer, unit varchar
);
create or replace table closed.reported_emissions (emission_id varchar, emissions_tco2e decimal(38, 6), error_code varchar);
create or replace table closed.reported_workings (
    emission_id varchar, term_order integer, term varchar, basis varchar, digits hugeint, scale bigint, numerator hugeint,
    denominator hugeint, factor_id varchar, parameter_id varchar
);
create or replace table closed.reported_admitted (
    planned_id varchar, parameter_id varchar, stream_id varchar, facility_id varchar, kind varchar, role varchar,
    period_start date, period_end date, unit varchar, measured_quantity decimal(38, 12), hours_missing decimal(38, 6),
    basis varchar, best_estimate decimal(38, 12), substitute decimal(38, 12)
);
create or replace table closed.reported_regime_admitted (
    regime varchar, planned_id varchar, basis varchar, best_estimate decimal(38, 12), substitute decimal(38, 12)
);
create or replace table closed.reported_readings (parameter_id varchar, period_start date, source_unit varchar);
create or replace table closed.reported_regimes (regime varchar, missing_data_stance varchar);
