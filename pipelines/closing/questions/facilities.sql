-- The facilities that have an account in a period.
select distinct facility_id
from marts.fct_period_states
where month >= $since and month < $until
order by facility_id
