-- A verifier's findings by the journal, oldest first.
select *
from verifier_findings
order by recorded_at, finding_id
