-- Why two regimes' totals differ: the items of each pair in their order, by year, all facilities together.
-- What the sites transferred to each other is in no group's total: where that differs, it is the last item.
with transferred as (
    select regime, year, sum(emissions_tco2e) as tco2e
    from marts.fct_transfers
    group by regime, year
),

pairs as (
    select distinct from_regime, to_regime, year
    from marts.fct_regime_bridge
),

items as (
    select from_regime, to_regime, year, item, position, name_zh, name_en, difference_tco2e
    from marts.fct_regime_bridge
    union all
    select
        pairs.*, 'transfers', 99, '抵销厂际转移', 'Transfers between sites left out',
        coalesce(froms.tco2e, 0) - coalesce(tos.tco2e, 0)
    from pairs
    left join transferred as froms on pairs.from_regime = froms.regime and pairs.year = froms.year
    left join transferred as tos on pairs.to_regime = tos.regime and pairs.year = tos.year
    where froms.tco2e is not null or tos.tco2e is not null
)

select
    from_regime,
    to_regime,
    item,
    any_value(position) as position,
    any_value(name_zh) as name_zh,
    any_value(name_en) as name_en,
    year,
    sum(difference_tco2e) as difference_tco2e
from items
group by from_regime, to_regime, item, year
order by from_regime, to_regime, position, year
