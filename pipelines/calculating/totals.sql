-- Exact sums by regime and scope; a total that lacks a line in error is not complete. Biogenic CO2 is in none.
select
    regime,
    scope,
    sum(emissions_tco2e) as emissions_tco2e,
    bool_and(status = 'complete') as is_complete
from accounting.accounted_lines
where scope <> 'biogenic'
group by regime, scope
order by regime, scope
