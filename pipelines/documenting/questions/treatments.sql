-- Which rule book counts, subtracts or leaves out each kind of stream, and why; rules that say the same are one row.
select
    stream_type,
    treatment,
    coalesce(origin, '') as origin,
    reason_zh,
    reason_en,
    source,
    fuel is null as is_any_fuel,
    list(distinct fuel order by fuel) filter (where fuel is not null) as fuels,
    list(distinct regime order by regime) filter (where regime is not null) as regimes
from rules.regime_treatments
group by all
order by stream_type, count(regime) > 0, min(rowid)
