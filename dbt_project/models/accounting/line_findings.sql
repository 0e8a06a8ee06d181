-- What forbids a stream's month to be counted (核算行问题), whatever its factors: a proof that is lacking, or the same thing
-- counted twice. One row per stream month, the first finding by its place.
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

-- power at a factor of zero needs the proof that green_electricity rests on
zero_factors as (
    select
        1 as place,
        streams.stream_month_id,
        'ZERO_FACTOR' as error_code
    from {{ ref('stream_months') }} as streams
    inner join {{ ref('measured_terms') }} as measured
        on concat_ws('|', streams.regime, streams.stream_id, streams.month, 'emission_factor') = measured.measured_id
    where streams.stream_type = 'purchased_electricity' and measured.value = 0
),

found as (
    select * from unproven
    union all
    select * from zero_factors
    union all
    select * from {{ ref('double_counts') }}
),

final as (
    select
        stream_month_id,
        arg_min(error_code, place) as error_code
    from found
    group by stream_month_id
)

select * from final
