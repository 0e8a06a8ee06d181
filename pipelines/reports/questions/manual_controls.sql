-- Controls that a named person carries out: no machine can give their verdict.
select
    controls.*,
    roles.name_zh as owner_zh,
    roles.name_en as owner_en,
    roles.department,
    roles.person
from marts.dim_controls as controls
left join plan.roles as roles on controls.owner_role = roles.role_id
where controls.enforced_by = 'manual'
order by controls.control_id
