-- What the unit of each event emitted year by year, whoever it belonged to.
select bases.base_key, events.event_id, units.year, units.tco2e as unit_tco2e
from events
cross join entered_bases as bases
inner join units on events.unit = units.unit
