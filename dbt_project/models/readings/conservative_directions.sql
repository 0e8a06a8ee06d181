-- Which way is conservative for each parameter (保守方向): the plan's own word, else the sign of ∂E/∂q, which is that of the
-- stream type, turned round for a property that a sum subtracts (a biomass share). One row per version and stream type.
with subtracted as (
    select part as kind
    from {{ source('rules', 'factor_sums') }}
    where part is not null
    group by part
    having max(weight) < 0
),

signed as (
    select distinct
        parameters.parameter_id,
        parameters.valid_from,
        coalesce(parameters.valid_to, date '9999-12-31') as valid_to,
        streams.stream_type,
        nullif(parameters.conservative_direction, '') as planned_direction,
        coalesce(types.conservative_direction, 'up') as stream_direction,
        subtracted.kind is not null as is_subtracted
    from {{ source('plan', 'parameters') }} as parameters
    inner join {{ source('plan', 'streams') }} as streams on parameters.stream_id = streams.stream_id
    left join {{ source('rules', 'stream_types') }} as types on streams.stream_type = types.stream_type
    left join subtracted on parameters.kind = subtracted.kind
),

final as (
    select
        parameter_id,
        valid_from,
        valid_to,
        stream_type,
        coalesce(planned_direction, case
            when not is_subtracted then stream_direction
            when stream_direction = 'up' then 'down'
            when stream_direction = 'down' then 'up'
            else stream_direction
        end) as direction
    from signed
)

select * from final
