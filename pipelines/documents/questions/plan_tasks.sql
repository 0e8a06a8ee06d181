-- Tasks of manual controls that fall due in the printed version's time.
select *
from plan.tasks
where due_on >= $since and due_on < $until
order by control_id, due_on, task_id
