-- How much of a year's emissions rests on measured, overridden, apportioned and substituted data, by facility and altogether.
-- Exports count with their size: what was subtracted must be as well founded as what was added.
with sizes as (
    select
        regime,
        year,
        facility_id,
        abs(emissions_tco2e)::decimal(26, 6) as size_tco2e,
        measured_share::decimal(9, 6) as measured_share,
        overridden_share::decimal(9, 6) as overridden_share,
        apportioned_share::decimal(9, 6) as apportioned_share,
        substituted_share::decimal(9, 6) as substituted_share,
        emissions_tco2e is null as is_unknown
    from marts.fct_inventory
),

summed as (
    select
        regime,
        year,
        facility_id,
        grouping(facility_id) = 1 as is_total,
        sum(size_tco2e) as size_tco2e,
        sum(size_tco2e * measured_share) as measured_tco2e,
        sum(size_tco2e * overridden_share) as overridden_tco2e,
        sum(size_tco2e * apportioned_share) as apportioned_tco2e,
        sum(size_tco2e * substituted_share) as substituted_tco2e,
        count(*) filter (where is_unknown) as unknown_lines
    from sizes
    group by grouping sets ((regime, year, facility_id), (regime, year))
)

select
    summed.*,
    facilities.name_zh,
    facilities.name_en
from summed
left join marts.dim_facilities as facilities on summed.facility_id = facilities.facility_id
order by summed.regime asc, summed.year desc, summed.is_total asc, summed.facility_id asc
