-- What the chosen facilities of a period come to, by regime.
select
    regime,
    cast(sum(emissions_tco2e) as decimal(38, 6)) as emissions_tco2e,
    bool_and(status = 'complete') as is_complete
from marts.fct_inventory
where month >= $since and month < $until and list_contains($facilities, facility_id)
group by regime
order by regime
