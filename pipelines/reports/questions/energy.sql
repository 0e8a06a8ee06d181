-- Energy by year, facility and fuel in GJ and tce (tonnes of coal equivalent), and each year's sum.
with summed as (
    select
        year(month) as year,
        facility_id,
        fuel,
        grouping(facility_id) = 1 as is_total,
        sum(energy_gj) as energy_gj,
        sum(energy_tce) as energy_tce,
        count(*) filter (where energy_gj is null) as unknown_months,
        coalesce(min(nullif(reason, '')), '') as reason
    from marts.fct_energy
    group by grouping sets ((year(month), facility_id, fuel), (year(month)))
)

select
    summed.*,
    facilities.name_zh,
    facilities.name_en,
    fuels.name_zh as fuel_zh,
    fuels.name_en as fuel_en
from summed
left join marts.dim_facilities as facilities on summed.facility_id = facilities.facility_id
left join rules.fuels as fuels on summed.fuel = fuels.fuel
order by summed.year desc, summed.is_total asc, summed.facility_id asc, summed.fuel asc
