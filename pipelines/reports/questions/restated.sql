-- Closed periods as reported and as restated, with what each part adds; a period that nothing changed has one row without a part.
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
order by periods.since, periods.period_name, periods.regime, periods.facility_id, periods.year, bridge.position
