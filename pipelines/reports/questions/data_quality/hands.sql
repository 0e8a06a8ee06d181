-- What needs a hand now: how many of each kind, and since or by when; `section` is where the page tells more.
with build as (
    select as_of from settings.build
),

proposed as (
    select
        state,
        made_at
    from marts.fct_overrides
    union all
    select
        state,
        made_at
    from marts.fct_releases
),

items as (
    select
        1 as position,
        'nonconformities_overdue' as item,
        'nonconformities' as section,
        count(*) as count,
        min(due_on) as on_date
    from marts.fct_nonconformities
    where is_overdue
    union all
    select 2, 'nonconformities_open', 'nonconformities', count(*), min(due_on)
    from marts.fct_nonconformities
    where status <> 'closed' and not is_overdue
    union all
    select 3, 'decisions_pending', 'overrides', count(*), min(made_at)::date
    from proposed
    where state = 'pending'
    union all
    select 4, 'substitutions_not_approved', 'approvals', count(*), min(period_start)
    from marts.fct_substitution_approvals
    where state = 'not_approved'
    union all
    select 5, 'tasks_overdue', 'manual', count(*), min(due_on)
    from plan.tasks
    cross join build
    where done_on is null and due_on < as_of
    union all
    select 6, 'tasks_open', 'manual', count(*), min(due_on)
    from plan.tasks
    cross join build
    where done_on is null and due_on between as_of and as_of + 60
    union all
    select 7, 'findings_open', 'periods', count(*), min(month)
    from marts.fct_findings
    where status <> 'closed'
    union all
    select 8, 'duties_overdue', 'duties', count(*), min(due_on)
    from marts.fct_duties
    where state = 'overdue'
    union all
    select 9, 'duties_open', 'duties', count(*), min(due_on)
    from marts.fct_duties
    cross join build
    where state in ('open', 'not_recorded') and due_on between as_of and as_of + 60
    union all
    select 10, 'quarantined_rows', 'quarantine', count(*), null
    from marts.fct_quarantine
    union all
    select 11, 'files_refused', 'deliveries', count(*), min(received_at)::date
    from marts.fct_deliveries
    where outcome = 'REJECT_FILE'
)

select *
from items
where count > 0
order by position
