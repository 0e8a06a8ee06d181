-- How sure the enterprise's total of each regime and year is, all facilities and scopes together.
select *
from marts.fct_uncertainty
where facility_id = '' and scope = ''
order by regime, year
