-- What would be counted twice (重复计算): one fuel by two paths, one certificate by two streams, one source by two ways that
-- shut each other out, and what the enterprise makes of carbon that entered it already. One row per stream month and finding.
with paths as (
    -- the same fuel by mass and by heat, say: two lines would count it twice
    select
        3 as place,
        stream_month_id,
        'TWO_PATHS' as error_code
    from {{ ref('stream_months') }}
    window stream_month as (partition by regime, stream_id, month)
    qualify min(dimension) over stream_month <> max(dimension) over stream_month
),

excluded as (
    -- one facility's month counted by two ways that shut each other out
    select distinct
        4 as place,
        streams.stream_month_id,
        'COUNTED_TWICE' as error_code
    from {{ ref('stream_months') }} as streams
    inner join {{ source('rules', 'exclusive_streams') }} as exclusive
        on streams.stream_type = exclusive.stream_type and streams.fuel = exclusive.fuel
    inner join {{ ref('stream_months') }} as others
        on
            streams.regime = others.regime
            and streams.facility_id = others.facility_id
            and streams.month = others.month
            and exclusive.other_stream_type = others.stream_type
            and exclusive.other_fuel = others.fuel
),

final as (
    select
        2 as place,
        streams.stream_month_id,
        'CERTIFICATE_TWICE' as error_code
    from {{ ref('stream_months') }} as streams
    inner join {{ ref('shared_certificates') }} as shared on streams.stream_id = shared.stream_id
    union all
    select * from paths
    union all
    select * from excluded
    union all
    select 5, stream_month_id, 'OWN_STREAM'
    from {{ ref('stream_months') }}
    where is_own_counted
)

select * from final
