-- The controls of the printed version, with who owns them.
select
    controls.*,
    controls.name_zh as control_zh,
    controls.name_en as control_en,
    roles.name_zh as owner_zh,
    roles.name_en as owner_en
from plan.controls as controls
left join plan.roles as roles on controls.owner_role = roles.role_id
where coalesce(controls.valid_from, date '1900-01-01') < $until and coalesce(controls.valid_to, date '9999-12-31') > $since
order by controls.control_id, controls.valid_from
