-- Facilities that the plan names but leaves out of the boundary, why, and the tonnes estimated for them.
select *
from marts.dim_facilities
where not is_in_boundary
order by facility_id
