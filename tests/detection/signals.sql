-- Everything that a build says to a person, one row each: what speaks, of which site, stream and months, of which file and
-- row. What it found and what it would have liked are left out: only that it spoke counts.
with names as (
    select
        file_sha256,
        min_by(file_name, received_seq) as file_name
    from marts.fct_deliveries
    group by file_sha256
),

controls as (
    select
        rows.control_id as speaker,
        concat_ws('|', rows.table_name, rows.row_key, rows.regime) as identity,
        rows.facility_id,
        rows.stream_id,
        strftime(coalesce(rows.period_start, unplanned.first_date), '%Y-%m') as first_month,
        strftime(coalesce(
            case when rows.table_name = 'doors.annual_coverage' then rows.period_start + interval 11 month end,
            rows.period_start, unplanned.last_date
        ), '%Y-%m') as last_month,
        names.file_name,
        cast(null as bigint) as row_number
    from marts.fct_verdict_rows as rows
    left join readings.unplanned as unplanned
        on
            rows.table_name = 'readings.unplanned'
            and rows.row_key = concat_ws('/', unplanned.record_type, unplanned.source_key, unplanned.measure)
    left join names on unplanned.file_sha256 = names.file_sha256
),

quarantined as (
    select
        'quarantine ' || code as speaker,
        concat_ws('|', file_name, sheet, row_number, field) as identity,
        null as facility_id, null as stream_id, null as first_month, null as last_month, file_name, row_number
    from marts.fct_quarantine
),

told as (
    select
        'message ' || messages.code as speaker,
        concat_ws('|', names.file_name, messages.sheet, messages.row_number, messages.field) as identity,
        null, null, null, null, names.file_name, messages.row_number
    from read_parquet(getvariable('messages')) as messages
    inner join names on messages.file_sha256 = names.file_sha256
    inner join read_csv(getvariable('reason_codes')) as codes on messages.code = codes.code
    where codes.severity in ('warning', 'error')
),

refused as (
    select
        'refused' as speaker,
        file_name || '|' || codes as identity,
        null, null, null, null, file_name, cast(null as bigint) as row_number
    from marts.fct_deliveries
    where outcome not in ('ACCEPT', 'ACCEPT_WARN', 'QUARANTINE_ROWS')
),

revised as (
    select
        'event ' || event as speaker,
        concat_ws('|', file_name, record_type, key, row_first) as identity,
        null, null, null, null, file_name, row_first as row_number
    from marts.fct_events
),

compared as (
    select
        'reconciliation ' || kind as speaker,
        concat_ws('|', subject, period_start) as identity,
        facility_id,
        stream_id,
        strftime(month, '%Y-%m') as first_month,
        strftime(month, '%Y-%m') as last_month,
        null as file_name,
        cast(null as bigint) as row_number
    from marts.fct_reconciliations
    where is_flagged
),

final as (
    select * from controls
    union all select * from quarantined
    union all select * from told
    union all select * from refused
    union all select * from revised
    union all select * from compared
)

select distinct * from final order by all
