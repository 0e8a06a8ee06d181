-- The facts of the build that a page prints at its head: whose warehouse, up to which day, under which plan.
select
    name_zh,
    name_en,
    as_of,
    first_period,
    time_zone,
    plan_version
from settings.build
