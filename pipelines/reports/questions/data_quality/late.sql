-- Figures whose file came after the days that the plan allows, or has not come though they are over.
select
    failures.*,
    count(*) over () as rows_in_all,
    facilities.name_zh as facility_zh,
    facilities.name_en as facility_en,
    parameters.name_zh,
    parameters.name_en
from marts.fct_verdict_rows as failures
left join marts.dim_facilities as facilities on failures.facility_id = facilities.facility_id
left join marts.dim_parameters as parameters on failures.parameter_id = parameters.parameter_id
where failures.table_name = 'checks.submissions'
order by failures.period_start desc, failures.facility_id asc, failures.row_key asc
limit 60
