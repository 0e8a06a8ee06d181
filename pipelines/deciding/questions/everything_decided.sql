-- Every decision of the journal, oldest first, with its state where it waits for approval.
select
    lines.decision_id,
    lines.event,
    coalesce(standings.subject, '') as subject,
    lines.person,
    lines.duty,
    lines.os_user,
    lines.recorded_at,
    standings.expires_on,
    coalesce(standings.state, 'recorded') as state,
    coalesce(standings.approved_by, '') as approved_by,
    lines.details
from lines
left join standings on lines.decision_id = standings.decision_id
order by lines.recorded_seq
