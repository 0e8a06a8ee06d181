-- For each regime the largest complete figure of its latest year: the example of a number walked home.
select
    regime,
    facility_id,
    stream_id,
    month,
    gas,
    emissions_tco2e
from marts.fct_inventory
where status = 'complete' and emissions_tco2e is not null
qualify
    row_number() over (
        partition by regime
        order by year desc, abs(emissions_tco2e) desc, month desc, stream_id asc, gas asc
    ) = 1
order by regime
