-- Why two regimes' totals differ: the items of each pair in their order, by year, all facilities together.
select
    from_regime,
    to_regime,
    item,
    any_value(position) as position,
    any_value(name_zh) as name_zh,
    any_value(name_en) as name_en,
    year,
    sum(difference_tco2e) as difference_tco2e
from marts.fct_regime_bridge
group by from_regime, to_regime, item, year
order by from_regime, to_regime, position, year
