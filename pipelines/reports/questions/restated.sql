-- Closed periods as reported and as restated (two reports show it), with what each part adds; a period that nothing changed has
-- one row without a part.
select
    periods.period_name,
    periods.regime,
    periods.facility_id,
    facilities.name_zh as facility_zh,
    facilities.name_en as facility_en,
    periods.year,
    periods.reported_tco2e,
    periods.restated_tco2e,
    periods.difference_tco2e,
    periods.status,
    periods.closed_as_of,
    periods.closed_by,
    periods.closed_build_id,
    bridge.name_zh,
    bridge.name_en,
    bridge.difference_tco2e as part_tco2e
from marts.fct_closed_periods as periods
left join marts.fct_restatements as bridge
    on
        periods.period_name = bridge.period_name
        and periods.regime = bridge.regime
        and periods.year = bridge.year
        and periods.facility_id = bridge.facility_id
left join marts.dim_facilities as facilities on periods.facility_id = facilities.facility_id
order by
    periods.since desc, periods.period_name desc, periods.regime asc, periods.facility_id asc, periods.year asc,
    bridge.position asc
