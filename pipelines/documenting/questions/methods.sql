-- Every case in which a product is used: material, origin, unit dimension, what is measured; equal cases of several rule
-- books, gases and materials are one row; special cases (below 0) stand last. A case without a rule book holds in every one that has none of its own.
with cases as (
    select
        stream_type,
        method_id,
        sign,
        scope,
        priority,
        fuel,
        coalesce(origin, '') as origin,
        coalesce(quantity_dimension, '') as quantity_dimension,
        coalesce(measured_kind, '') as measured_kind,
        source_document,
        source_locator,
        list(distinct gas order by gas) as gases,
        list(distinct regime order by regime) filter (where regime is not null) as regimes,
        min(rowid) as place
    from rules.methods
    group by all
)

select
    * exclude (fuel, priority, place),
    fuel is null as is_any_fuel,
    list(fuel order by place) filter (where fuel is not null) as fuels,
    min(priority) as priority,
    min(place) as place
from cases
group by all
order by stream_type, min(priority) < 0, min(priority), method_id, min(place)
