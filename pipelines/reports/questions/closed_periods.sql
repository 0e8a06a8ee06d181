-- Closed periods by facility and regime: as reported, as restated, and the difference.
select
    closed.period_name,
    closed.regime,
    closed.year,
    closed.facility_id,
    facilities.name_zh as facility_zh,
    facilities.name_en as facility_en,
    closed.status,
    closed.reported_tco2e,
    closed.restated_tco2e,
    closed.difference_tco2e,
    closed.closed_as_of,
    closed.closed_by,
    closed.closed_build_id
from marts.fct_closed_periods as closed
left join marts.dim_facilities as facilities on closed.facility_id = facilities.facility_id
order by closed.period_name desc, closed.regime, closed.year, closed.facility_id
