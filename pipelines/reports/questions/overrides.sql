-- Every override ever proposed, in the order they were made: the value beside what was received, who decided, and whether it
-- stands in the account.
select
    overrides.*,
    facilities.name_zh as facility_zh,
    facilities.name_en as facility_en,
    parameters.name_zh,
    parameters.name_en
from marts.fct_overrides as overrides
left join marts.dim_facilities as facilities on overrides.facility_id = facilities.facility_id
left join marts.dim_parameters as parameters on overrides.parameter_id = parameters.parameter_id
order by overrides.made_at, overrides.override_id
