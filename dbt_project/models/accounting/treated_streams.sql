-- Every stream under every regime of this build (排放源处理): counted, subtracted, excluded with its reason, or 'missing' where
-- no rule is written. The row that names most of fuel and origin decides. It multiplies nothing.
with regimes as (
    select
        asked.regime,
        coalesce(regimes.boundary, 'enterprise') as boundary
    from {{ source('settings', 'regimes') }} as asked
    left join {{ ref('regimes') }} as regimes on asked.regime = regimes.regime
),

boundaries as (
    select facility_id, region_code, 'enterprise' as boundary, is_in_boundary as is_inside, boundary_reason
    from {{ source('plan', 'facilities') }}
    union all
    select facility_id, region_code, 'ets' as boundary, is_ets_boundary as is_inside, boundary_reason
    from {{ source('plan', 'facilities') }}
),

streams as (
    select
        regimes.regime,
        streams.stream_id,
        streams.facility_id,
        streams.stream_type,
        coalesce(streams.fuel, '') as fuel,
        coalesce(streams.origin, '') as origin,
        coalesce(boundaries.region_code, '') as region_code,
        coalesce(boundaries.is_inside, false) as is_inside,
        coalesce(boundaries.boundary_reason, '') as boundary_reason
    from {{ source('plan', 'streams') }} as streams
    cross join regimes
    left join boundaries on streams.facility_id = boundaries.facility_id and regimes.boundary = boundaries.boundary
),

ranked as (
    select
        streams.*,
        treatments.treatment,
        treatments.reason_zh,
        treatments.reason_en,
        row_number() over (
            partition by streams.regime, streams.stream_id
            order by length(coalesce(treatments.fuel, '')) > 0 desc, length(coalesce(treatments.origin, '')) > 0 desc
        ) as position
    from streams
    left join {{ ref('regime_treatments') }} as treatments
        on streams.regime = treatments.regime
        and streams.stream_type = treatments.stream_type
        and coalesce(treatments.fuel, '') in ('', streams.fuel)
        and coalesce(treatments.origin, '') in ('', streams.origin)
),

final as (
    select
        regime, stream_id, facility_id, stream_type, fuel, origin, region_code, is_inside,
        case when is_inside then coalesce(treatment, 'missing') else 'outside' end as treatment,
        case when is_inside then reason_zh else concat_ws('：', '设施不在核算边界内', nullif(boundary_reason, '')) end as reason_zh,
        case when is_inside then reason_en else concat_ws(': ', 'The facility is outside the boundary', nullif(boundary_reason, ''))
        end as reason_en
    from ranked
    where position = 1
)

select * from final
