-- The same line under two regimes side by side (两种制度对照); a line that only one of them has stands alone.
with pairs as (
    select
        froms.regime as from_regime,
        tos.regime as to_regime
    from {{ source('settings', 'regimes') }} as froms
    inner join {{ source('settings', 'regimes') }} as tos on froms.regime < tos.regime
),

lines as (
    select * from {{ ref('line_factors') }}
),

sides as (
    select
        pairs.from_regime,
        pairs.to_regime,
        lines.*,
        lines.regime = pairs.from_regime as is_from
    from pairs
    inner join lines on pairs.from_regime = lines.regime
    union all
    select
        pairs.from_regime,
        pairs.to_regime,
        lines.*,
        false as is_from
    from pairs
    inner join lines on pairs.to_regime = lines.regime
),

met as (
    select
        from_regime,
        to_regime,
        line_id,
        any_value(facility_id) as facility_id,
        any_value(stream_id) as stream_id,
        any_value(stream_type) as stream_type,
        any_value(origin) as origin,
        any_value(month) as month,
        bool_or(is_from) as has_from,
        bool_or(not is_from) as has_to,
        max(quantity) filter (where is_from) as from_quantity,
        max(factors) filter (where is_from) as from_factors,
        max(gwp) filter (where is_from) as from_gwp,
        coalesce(max(emissions_tco2e) filter (where is_from), 0) as from_tco2e,
        max(quantity) filter (where not is_from) as to_quantity,
        max(factors) filter (where not is_from) as to_factors,
        max(gwp) filter (where not is_from) as to_gwp,
        coalesce(max(emissions_tco2e) filter (where not is_from), 0) as to_tco2e
    from sides
    group by from_regime, to_regime, line_id
),

final as (
    select
        *,
        has_from and has_to as is_on_both,
        -- the other regime accounts the stream, only not this gas of it
        bool_or(has_from) over stream_month and bool_or(has_to) over stream_month as is_stream_on_both
    from met
    window stream_month as (partition by from_regime, to_regime, stream_id, month)
)

select * from final
