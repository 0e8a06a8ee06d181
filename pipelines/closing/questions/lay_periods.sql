-- What was reported of a closed period, by regime, year and facility.
insert into closed.reported_periods
select
    $period_name, $since, $until, inventory.regime, inventory.year, inventory.facility_id,
    cast(coalesce(sum(inventory.emissions_tco2e), 0) as decimal(38, 6)),
    case when bool_and(inventory.status = 'complete') then 'complete' else 'incomplete' end,
    $build_id, $code_version, build.as_of, $closed_by
from closing_inventory as inventory
cross join closing_build as build
group by inventory.regime, inventory.year, inventory.facility_id, build.as_of
