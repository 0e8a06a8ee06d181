-- The rows behind the failures, newest first, at most 40 a control; `rows_in_all` says how many there are.
with numbered as (
    select
        *,
        count(*) over (partition by control_id) as rows_in_all,
        row_number() over (
            partition by control_id
            order by period_start desc, facility_id, stream_id, parameter_id, found
        ) as position
    from marts.fct_verdict_rows
)

select
    numbered.*,
    facilities.name_zh as facility_zh,
    facilities.name_en as facility_en,
    streams.name_zh as stream_zh,
    streams.name_en as stream_en,
    parameters.name_zh,
    parameters.name_en
from numbered
left join marts.dim_facilities as facilities on numbered.facility_id = facilities.facility_id
left join marts.dim_streams as streams on numbered.stream_id = streams.stream_id
left join marts.dim_parameters as parameters on numbered.parameter_id = parameters.parameter_id
where numbered.position <= 40
order by numbered.control_id, numbered.position
