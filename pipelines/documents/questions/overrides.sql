-- The overrides of a facility's month, in the order they were made.
select
    overrides.*,
    parameters.name_zh,
    parameters.name_en
from marts.fct_overrides as overrides
left join marts.dim_parameters as parameters on overrides.parameter_id = parameters.parameter_id
where
    overrides.facility_id = $facility
    and date_trunc('month', overrides.period_start) = $month
order by overrides.made_at, overrides.override_id
