-- Every gap that a written rule filled: what was measured, the best estimate and the rule's substitute.
select
    filled.*,
    facilities.name_zh as facility_zh,
    facilities.name_en as facility_en,
    streams.name_zh as stream_zh,
    streams.name_en as stream_en,
    parameters.name_zh,
    parameters.name_en
from marts.fct_substitutions as filled
left join marts.dim_facilities as facilities on filled.facility_id = facilities.facility_id
left join marts.dim_streams as streams on filled.stream_id = streams.stream_id
left join marts.dim_parameters as parameters on filled.parameter_id = parameters.parameter_id
order by filled.period_start desc, filled.facility_id asc, filled.stream_id asc, filled.parameter_id asc
