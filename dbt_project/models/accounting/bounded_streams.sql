-- Every stream under every regime of this build (核算边界): is its facility inside the boundary that the regime draws?
-- One row per validity of stream and facility.
with regimes as (
    select
        asked.regime,
        coalesce(regimes.boundary, 'enterprise') as boundary
    from {{ source('settings', 'regimes') }} as asked
    left join {{ source('rules', 'regimes') }} as regimes on asked.regime = regimes.regime
),

boundaries as (
    select
        *,
        'enterprise' as boundary,
        is_in_boundary as is_inside
    from {{ source('plan', 'facilities') }}
    union all
    select
        *,
        'ets' as boundary,
        is_ets_boundary as is_inside
    from {{ source('plan', 'facilities') }}
),

final as (
    select
        regimes.regime,
        regimes.boundary,
        streams.stream_id,
        streams.facility_id,
        streams.stream_type,
        coalesce(streams.fuel, '') as fuel,
        coalesce(streams.origin, '') as origin,
        boundaries.region_code,
        boundaries.boundary_reason,
        coalesce(boundaries.is_inside, false) as is_inside,
        greatest(streams.valid_from, boundaries.valid_from) as valid_from,
        least(coalesce(streams.valid_to, date '9999-12-31'), coalesce(boundaries.valid_to, date '9999-12-31'))
            as valid_to
    from {{ source('plan', 'streams') }} as streams
    cross join regimes
    inner join boundaries
        on
            streams.facility_id = boundaries.facility_id
            and regimes.boundary = boundaries.boundary
)

select * from final
where valid_from < valid_to
