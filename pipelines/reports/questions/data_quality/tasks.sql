-- Tasks of the controls by hand: those not done, and those of the report's time, at most its last year.
select
    tasks.*,
    case
        when tasks.done_on is not null and tasks.done_on <= tasks.due_on then 'done'
        when tasks.done_on is not null then 'late'
        when tasks.due_on < build.as_of then 'overdue'
        else 'open'
    end as state,
    controls.name_zh,
    controls.name_en,
    roles.name_zh as owner_zh,
    roles.name_en as owner_en
from plan.tasks as tasks
cross join settings.build as build
left join marts.dim_controls as controls on tasks.control_id = controls.control_id
left join plan.roles as roles on controls.owner_role = roles.role_id
where
    tasks.due_on >= build.first_period
    and tasks.due_on <= build.as_of + 92
    and (tasks.done_on is null or tasks.due_on >= build.as_of - 366)
order by tasks.done_on is not null, tasks.due_on desc, tasks.control_id asc, tasks.task_id asc
