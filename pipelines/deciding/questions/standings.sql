-- What waits for approval or has been answered, oldest first.
select
    decision_id,
    kind,
    subject,
    person,
    os_user,
    reason,
    expires_on,
    state,
    coalesce(approved_by, '') as approved_by,
    coalesce(rejected_by, '') as rejected_by
from standings
order by recorded_seq
