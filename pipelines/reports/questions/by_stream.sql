-- A year's activity data and emissions of every stream, and how much of its emissions rests on what.
with monthly as (
    -- the gases of one stream and month share one activity figure: it is taken once
    select
        regime,
        year,
        month,
        facility_id,
        scope,
        stream_id,
        stream_type,
        fuel,
        any_value(activity_unit) as unit,
        max(activity_quantity) as quantity,
        sum(emissions_tco2e) as emissions_tco2e,
        bool_and(status = 'complete') as is_complete,
        sum(abs(emissions_tco2e)) as size_tco2e,
        sum(abs(emissions_tco2e)::decimal(26, 6) * measured_share::decimal(9, 6)) as measured_tco2e,
        sum(abs(emissions_tco2e)::decimal(26, 6) * apportioned_share::decimal(9, 6)) as apportioned_tco2e,
        sum(abs(emissions_tco2e)::decimal(26, 6) * substituted_share::decimal(9, 6)) as substituted_tco2e
    from marts.fct_inventory
    group by regime, year, month, facility_id, scope, stream_id, stream_type, fuel
),

final as (
    select
        regime,
        year,
        facility_id,
        scope,
        stream_id,
        stream_type,
        fuel,
        any_value(unit) as unit,
        sum(quantity) as quantity,
        sum(emissions_tco2e) as emissions_tco2e,
        case when bool_and(is_complete) then 'complete' else 'incomplete' end as status,
        sum(size_tco2e) as size_tco2e,
        sum(measured_tco2e) as measured_tco2e,
        sum(apportioned_tco2e) as apportioned_tco2e,
        sum(substituted_tco2e) as substituted_tco2e
    from monthly
    group by regime, year, facility_id, scope, stream_id, stream_type, fuel
)

select
    final.*,
    facilities.name_zh as facility_zh,
    facilities.name_en as facility_en,
    streams.name_zh,
    streams.name_en,
    types.name_zh as type_zh,
    types.name_en as type_en,
    fuels.name_zh as fuel_zh,
    fuels.name_en as fuel_en
from final
left join marts.dim_facilities as facilities on final.facility_id = facilities.facility_id
left join marts.dim_streams as streams on final.stream_id = streams.stream_id
left join rules.stream_types as types on final.stream_type = types.stream_type
left join rules.fuels as fuels on final.fuel = fuels.fuel
order by final.regime asc, final.year desc, final.facility_id asc, final.scope asc, final.stream_id asc
