-- Controls with a verdict that is not PASS: what each asks, who owns it, what is to be done, and how often it failed.
with counted as (
    select
        control_id,
        any_value(severity) as severity,
        count(*) filter (where status = 'FAIL') as failed,
        count(*) filter (where status = 'ERROR') as in_error,
        count(*) filter (where status = 'MISSING') as missing,
        min(month) filter (where status in ('FAIL', 'ERROR', 'MISSING')) as first_month,
        max(month) filter (where status in ('FAIL', 'ERROR', 'MISSING')) as last_month,
        coalesce(string_agg(distinct message, '; ' order by message) filter (where message <> ''), '') as error_message
    from marts.fct_verdicts
    group by control_id
)

select
    counted.*,
    controls.name_zh,
    controls.name_en,
    controls.clause,
    controls.enforced_by,
    controls.treatment_zh,
    controls.treatment_en,
    rtrim(regexp_replace(controls.message_zh, '[（(]?\{.*$', '')) as asks_zh,
    rtrim(regexp_replace(controls.message_en, '[（(]?\{.*$', '')) as asks_en,
    controls.owner_role,
    roles.name_zh as owner_zh,
    roles.name_en as owner_en,
    roles.department,
    roles.person
from counted
left join marts.dim_controls as controls on counted.control_id = controls.control_id
left join plan.roles as roles on controls.owner_role = roles.role_id
where counted.failed + counted.in_error + counted.missing > 0
order by case counted.severity when 'E' then 1 when 'W' then 2 else 3 end, counted.control_id
