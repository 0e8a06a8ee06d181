-- A year's emissions by fuel or energy carrier.
with summed as (
    select
        regime,
        year,
        scope,
        stream_type,
        fuel,
        sum(emissions_tco2e) as emissions_tco2e,
        case when bool_and(status = 'complete') then 'complete' else 'incomplete' end as status
    from marts.fct_inventory
    group by regime, year, scope, stream_type, fuel
)

select
    summed.*,
    types.name_zh as type_zh,
    types.name_en as type_en,
    fuels.name_zh as fuel_zh,
    fuels.name_en as fuel_en
from summed
left join rules.stream_types as types on summed.stream_type = types.stream_type
left join rules.fuels as fuels on summed.fuel = fuels.fuel
order by
    summed.regime asc,
    summed.year desc,
    summed.scope asc,
    summed.emissions_tco2e desc nulls last,
    summed.stream_type asc,
    summed.fuel asc
