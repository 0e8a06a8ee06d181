-- Load profiles (负荷曲线), one row per meter, channel and local day; beside the list stands its exact sum.
-- Supersession is decided on keys alone; lists are compared (by hash) only where a key was delivered more than once.
-- The lake is read anew each time: as a shared CTE every list would be held in memory.
with repeated_keys as (
    select
        meter_id,
        channel,
        local_date
    from {{ source('lake', 'load_profile') }}
    group by meter_id, channel, local_date
    having count(*) > 1
),

repeated as (
    select
        {{ profile_id('lake') }} as record_id,
        lake.meter_id,
        lake.channel,
        lake.local_date,
        lake.received_seq,
        {{ fingerprint(['lake.interval_minutes', 'lake.unit', 'lake.values', 'lake.flags']) }} as content_hash
    from {{ source('lake', 'load_profile') }} as lake
    inner join repeated_keys as again
        on lake.meter_id = again.meter_id and lake.channel = again.channel and lake.local_date = again.local_date
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
    window deliveries as (partition by meter_id, channel, local_date order by received_seq, record_id)
),

final as (
    select
        lake.*,
        cast(list_sum(lake.values) as decimal(38, 12)) as quantity,
        cast(len(lake.values) as integer) as values_expected,
        cast(len(lake.values) - list_count(lake.values) as integer) as values_missing,
        lake.meter_id as source_key,
        1 as occurrence,
        {{ profile_id('lake') }} as record_id,
        compared.is_superseded_by_seq is null as is_current,
        compared.is_superseded_by_seq,
        coalesce(compared.revision, 'original') as revision
    from {{ source('lake', 'load_profile') }} as lake
    left join compared on {{ profile_id('lake') }} = compared.record_id
)

select * from final
