-- Every stream under every regime of this build (排放源处理): counted, subtracted, excluded or outside with the reason, or 'missing'
-- where no rule is written. The rule that names most of fuel and origin decides. One row per validity of stream and facility.
with regimes as (
    select
        asked.regime,
        coalesce(regimes.boundary, 'enterprise') as boundary
    from {{ source('settings', 'regimes') }} as asked
    left join {{ ref('regimes') }} as regimes on asked.regime = regimes.regime
),

boundaries as (
    select *, 'enterprise' as boundary, is_in_boundary as is_inside from {{ source('plan', 'facilities') }}
    union all
    select *, 'ets' as boundary, is_ets_boundary as is_inside from {{ source('plan', 'facilities') }}
),

streams as (
    select
        regimes.regime, streams.stream_id, streams.facility_id, streams.stream_type,
        coalesce(streams.fuel, '') as fuel,
        coalesce(streams.origin, '') as origin,
        boundaries.region_code, boundaries.boundary_reason,
        coalesce(boundaries.is_inside, false) as is_inside,
        greatest(streams.valid_from, boundaries.valid_from) as valid_from,
        least(coalesce(streams.valid_to, date '9999-12-31'), coalesce(boundaries.valid_to, date '9999-12-31')) as valid_to
    from {{ source('plan', 'streams') }} as streams
    cross join regimes
    inner join boundaries on streams.facility_id = boundaries.facility_id and regimes.boundary = boundaries.boundary
),

ranked as (
    select
        streams.*,
        treatments.treatment, treatments.reason_zh, treatments.reason_en,
        row_number() over (
            partition by streams.regime, streams.stream_id, streams.valid_from
            order by treatments.fuel is not null desc, treatments.origin is not null desc
        ) as position
    from streams
    left join {{ ref('regime_treatments') }} as treatments
        on streams.regime = treatments.regime
        and streams.stream_type = treatments.stream_type
        and coalesce(treatments.fuel, streams.fuel) = streams.fuel
        and coalesce(treatments.origin, streams.origin) = streams.origin
    where streams.valid_from < streams.valid_to
),

final as (
    select
        regime, stream_id, facility_id, stream_type, fuel, origin, region_code, valid_from, valid_to,
        case when is_inside then coalesce(treatment, 'missing') else 'outside' end as treatment,
        case when is_inside then reason_zh else concat_ws('：', '设施不在核算边界内', nullif(boundary_reason, '')) end
            as reason_zh,
        case when is_inside then reason_en else concat_ws(': ', 'The facility is outside the boundary', nullif(boundary_reason, ''))
        end as reason_en
    from ranked
    where position = 1
)

select * from final
