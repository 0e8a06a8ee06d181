-- The look-alike scan of one non-conformity, as published.
select *
from marts.fct_similar_failures
where nonconformity_id = $1
order by scope, result, facility_id, parameter_id
