-- Non-conformities that were open in the report's time or are open still, with what the look-alike scan found.
with alike as (
    select
        nonconformity_id,
        string_agg(
            distinct concat_ws(' ', facility_id, parameter_id), ', ' order by concat_ws(' ', facility_id, parameter_id)
        ) as found_at
    from marts.fct_similar_failures
    where result = 'found'
    group by nonconformity_id
)

select
    found.*,
    coalesce(alike.found_at, '') as found_at,
    controls.name_zh,
    controls.name_en,
    facilities.name_zh as facility_zh,
    facilities.name_en as facility_en,
    roles.name_zh as owner_zh,
    roles.name_en as owner_en,
    roles.department,
    roles.person
from marts.fct_nonconformities as found
cross join settings.build as build
left join alike on found.nonconformity_id = alike.nonconformity_id
left join marts.dim_controls as controls on found.control_id = controls.control_id
left join marts.dim_facilities as facilities on found.facility_id = facilities.facility_id
left join plan.roles as roles on found.owner_role = roles.role_id
where found.first_failed_month <= build.as_of and (found.closed_on is null or found.closed_on >= build.first_period)
order by
    case found.status when 'reopened' then 1 when 'open' then 2 when 'corrected' then 3 else 4 end,
    found.severity, found.due_on, found.nonconformity_id
