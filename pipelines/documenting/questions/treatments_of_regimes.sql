-- What each rule book makes of every kind of stream: its own rules, and the general ones where it has none of its own.
with every_rule as (
    select regimes.regime, treatments.* exclude (regime), treatments.regime is not null as is_own, treatments.rowid as place
    from rules.regimes as regimes
    inner join rules.regime_treatments as treatments on coalesce(treatments.regime, regimes.regime) = regimes.regime
),

ranked as (
    select
        *,
        bool_or(is_own) over (partition by regime, stream_type, coalesce(origin, ''), coalesce(fuel, '')) as has_own
    from every_rule
)

select
    ranked.regime,
    types.rule_folder,
    ranked.stream_type,
    types.name_zh,
    types.name_en,
    coalesce(ranked.origin, '') as origin,
    types.rowid as type_place,
    types.rule_folder <> 'every_sector' as is_of_a_sector,
    ranked.fuel is null as is_any_fuel,
    list(ranked.fuel order by ranked.place) filter (where ranked.fuel is not null) as fuels,
    ranked.treatment,
    ranked.reason_zh,
    ranked.reason_en,
    ranked.source
from ranked
inner join rules.stream_types as types on ranked.stream_type = types.stream_type
where ranked.is_own or not ranked.has_own
group by all
order by ranked.regime, is_of_a_sector, types.rule_folder, type_place, min(ranked.place)
