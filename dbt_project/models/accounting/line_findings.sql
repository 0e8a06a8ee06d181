-- What forbids a stream's month to be counted (核算行问题), whatever its factors: a proof that is lacking, or the same thing
-- counted twice. One row per stream month, the first finding by its place below.
with unproven as (
    -- a stream type that must rest on a record of its own, fed by anything else
    select distinct
        1 as place,
        streams.stream_month_id,
        required.error_code
    from {{ ref('stream_months') }} as streams
    inner join {{ source('rules', 'required_records') }} as required on streams.stream_type = required.stream_type
    inner join {{ source('plan', 'parameters') }} as parameters on streams.stream_id = parameters.stream_id
    where
        parameters.role = 'account'
        and parameters.kind = 'activity_data'
        and parameters.record_type is distinct from required.record_type
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

paths as (
    -- the same fuel by mass and by heat, say: two lines would count it twice
    select
        3 as place,
        stream_month_id,
        'TWO_PATHS' as error_code
    from {{ ref('stream_months') }}
    window stream_month as (partition by regime, stream_id, month)
    qualify min(dimension) over stream_month <> max(dimension) over stream_month
),

found as (
    select * from unproven
    union all
    select 2, streams.stream_month_id, 'CERTIFICATE_TWICE'
    from {{ ref('stream_months') }} as streams
    inner join {{ ref('shared_certificates') }} as shared on streams.stream_id = shared.stream_id
    union all
    select * from paths
    union all
    select * from excluded
),

final as (
    select
        stream_month_id,
        arg_min(error_code, place) as error_code
    from found
    group by stream_month_id
)

select * from final
