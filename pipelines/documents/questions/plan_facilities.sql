-- Facilities of the printed version, in the boundary and out of it.
select
    *,
    name_zh as facility_zh,
    name_en as facility_en,
    concat_ws(' ', capacity, nullif(capacity_unit, '')) as capacity,
    is_in_boundary::varchar as is_in_boundary
from plan.facilities
where valid_from < $until and coalesce(valid_to, date '9999-12-31') > $since
order by is_in_boundary desc, facility_id, valid_from
