-- The duties of the whole account in counts: done in time, late, overdue, not due yet, and not to be known from here.
select
    duty_id,
    any_value(name_zh) as name_zh,
    any_value(name_en) as name_en,
    any_value(source) as source,
    count(*) filter (where state = 'done') as done,
    count(*) filter (where state = 'late') as late,
    count(*) filter (where state = 'overdue') as overdue,
    min(due_on) filter (where state = 'overdue') as overdue_since,
    count(*) filter (where state = 'open') as open,
    count(*) filter (where state = 'not_recorded') as not_recorded
from marts.fct_duties
group by duty_id
order by duty_id
