-- Exact sums by regime and scope; a total that lacks a line in error is not complete.
select
    regime,
    scope,
    sum(emissions_tco2e) as emissions_tco2e,
    bool_and(status = 'complete') as is_complete
from marts.fct_inventory
group by regime, scope
order by regime, scope
