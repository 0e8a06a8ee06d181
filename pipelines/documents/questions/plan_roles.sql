-- Who records, checks and approves.
select
    *,
    name_zh as role_zh,
    name_en as role_en
from plan.roles
order by role_id
