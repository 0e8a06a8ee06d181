-- A year's emissions by greenhouse gas: tonnes of the gas and tonnes CO2e.
select
    regime,
    year,
    gas,
    sum(emissions_t) as emissions_t,
    sum(emissions_tco2e) as emissions_tco2e,
    case when bool_and(status = 'complete') then 'complete' else 'incomplete' end as status
from marts.fct_inventory
group by regime, year, gas
order by regime asc, year desc, gas asc
