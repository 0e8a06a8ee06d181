-- The sheet's events since the base year began, each with what its unit emitted in that year; no figure: not known.
select
    bases.base_key,
    bases.base_tco2e,
    bases.base_year as base_last_year,
    events.*,
    units.tco2e as unit_tco2e
from events
cross join entered_bases as bases
left join units on events.unit = units.unit and bases.base_year = units.year
where year(events.happened_on) >= bases.base_year
