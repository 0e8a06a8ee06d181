-- What failed, gathered by control and source, newest first: how often, from when to when, and what was found last.
-- At most 40 lines a control; `lines_in_all` and `rows_in_all` say how many lines and rows there are.
with gathered as (
    select
        control_id,
        facility_id,
        stream_id,
        parameter_id,
        case when stream_id is null and parameter_id is null then found end as found_alone,
        count(*) as rows_in_line,
        min(period_start) as first_start,
        max(coalesce(period_end, period_start + 1)) as last_end,
        arg_max(found_zh, coalesce(period_start, date '0001-01-01')) as found_zh,
        arg_max(found_en, coalesce(period_start, date '0001-01-01')) as found_en,
        arg_max(expected_zh, coalesce(period_start, date '0001-01-01')) as expected_zh,
        arg_max(expected_en, coalesce(period_start, date '0001-01-01')) as expected_en,
        arg_max(message_zh, coalesce(period_start, date '0001-01-01')) as message_zh,
        arg_max(message_en, coalesce(period_start, date '0001-01-01')) as message_en
    from marts.fct_verdict_rows
    group by control_id, facility_id, stream_id, parameter_id, found_alone
),

numbered as (
    select
        *,
        count(*) over (partition by control_id) as lines_in_all,
        sum(rows_in_line) over (partition by control_id)::bigint as rows_in_all,
        row_number() over (
            partition by control_id
            order by
                last_end desc nulls last,
                rows_in_line desc,
                facility_id asc,
                stream_id asc,
                parameter_id asc,
                found_alone asc
        ) as position
    from gathered
)

select
    numbered.*,
    coalesce(
        starts_with(numbered.message_zh, rtrim(regexp_replace(controls.message_zh, '[（(]?\{.*$', ''))), false
    ) as is_filled_in,
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
left join marts.dim_controls as controls on numbered.control_id = controls.control_id
where numbered.position <= 40
order by numbered.control_id, numbered.position
