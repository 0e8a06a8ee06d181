-- Where the months stand, as published; a null parameter asks for all.
select *
from marts.fct_period_states
where facility_id = coalesce($1, facility_id) and month = coalesce($2, month)
order by facility_id, month, regime
