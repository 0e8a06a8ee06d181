-- Streams that count a certificate or settlement which another stream counts as well (凭证重复使用).
with counted as (
    select distinct
        claims.source_key,
        parameters.stream_id
    from {{ ref('claims') }} as claims
    inner join {{ source('plan', 'parameters') }} as parameters on claims.parameter_id = parameters.parameter_id
    where claims.record_type = 'energy_attribute' and parameters.role = 'account'
),

final as (
    select distinct counted.stream_id
    from counted
    inner join counted as others on counted.source_key = others.source_key
    where counted.stream_id <> others.stream_id
)

select * from final
