-- How a regime treats each stream (排放源处理): counted, subtracted, excluded or outside with the reason, or 'missing'
-- where no rule is written. The rule that names most of regime, fuel and origin decides.
with treatments as (
    {{ of_every_regime('regime_treatments') }}
),

ranked as (
    select
        streams.*,
        treatments.treatment as rule_treatment,
        treatments.reason_zh as rule_zh,
        treatments.reason_en as rule_en,
        treatments.origin as rule_origin,
        row_number() over (
            partition by streams.regime, streams.stream_id, streams.valid_from
            order by
                treatments.is_own_regime desc, treatments.fuel is not null desc, treatments.origin is not null desc
        ) as position
    from {{ ref('bounded_streams') }} as streams
    left join treatments
        on
            streams.regime = treatments.regime
            and streams.stream_type = treatments.stream_type
            and coalesce(treatments.fuel, streams.fuel) = streams.fuel
            and coalesce(treatments.origin, streams.origin) = streams.origin
),

final as (
    select
        regime,
        stream_id,
        facility_id,
        stream_type,
        fuel,
        origin,
        region_code,
        valid_from,
        valid_to,
        case when is_inside then coalesce(rule_treatment, 'missing') else 'outside' end as treatment,
        -- what an enterprise makes of carbon that entered it once is counted only where a rule says so by name (G8)
        boundary = 'enterprise' and origin in ('own_by_product', 'own_generated') and rule_origin is null
        and coalesce(rule_treatment, '') = 'counted' as is_own_counted,
        case
            when is_inside then rule_zh
            else concat_ws('：', '设施不在核算边界内', nullif(boundary_reason, ''))
        end as reason_zh,
        case
            when is_inside then rule_en
            else concat_ws(': ', 'The facility is outside the boundary', nullif(boundary_reason, ''))
        end as reason_en
    from ranked
    where position = 1
)

select * from final
