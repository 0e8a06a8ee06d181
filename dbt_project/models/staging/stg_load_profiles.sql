-- Load profiles (负荷曲线), one row per meter, channel and local day; beside the list stands its exact sum.
-- Supersession is decided on keys alone; lists are compared (by hash) only where a key was delivered more than once.
with source as (
    select * from {{ source('lake', 'load_profile') }}
),

repeated_keys as (
    select
        meter_id,
        channel,
        local_date
    from source
    group by meter_id, channel, local_date
    having count(*) > 1
),

repeated as (
    select
        source.file_sha256,
        source.sheet,
        source.row_first,
        source.meter_id,
        source.channel,
        source.local_date,
        source.received_seq,
        {{ fingerprint(['source.interval_minutes', 'source.unit', 'source.values', 'source.flags']) }} as content_hash
    from source
    inner join repeated_keys as again
        on source.meter_id = again.meter_id and source.channel = again.channel and source.local_date = again.local_date
),

compared as (
    select
        *,
        lead(received_seq) over deliveries as is_superseded_by_seq,
        case
            when lag(content_hash) over deliveries is null then 'original'
            when lag(content_hash) over deliveries = content_hash then 'same'
            else 'revised'
        end as revision
    from repeated
    window deliveries as (partition by meter_id, channel, local_date order by received_seq, sheet, row_first)
),

final as (
    select
        source.*,
        cast(list_sum(source.values) as decimal(38, 12)) as quantity,
        cast(len(source.values) as integer) as values_expected,
        cast(len(source.values) - list_count(source.values) as integer) as values_missing,
        source.meter_id as source_key,
        1 as occurrence,
        {{ fingerprint([
            'source.file_sha256', 'source.sheet', 'source.row_first', 'source.row_last',
            'source.meter_id', 'source.channel', 'source.local_date'
        ]) }} as record_id,
        compared.is_superseded_by_seq is null as is_current,
        compared.is_superseded_by_seq,
        coalesce(compared.revision, 'original') as revision
    from source
    left join compared
        on source.file_sha256 = compared.file_sha256
        and source.sheet = compared.sheet
        and source.row_first = compared.row_first
        and source.meter_id = compared.meter_id
        and source.channel = compared.channel
        and source.local_date = compared.local_date
)

select * from final
