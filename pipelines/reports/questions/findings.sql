-- A verifier's findings with their replies and how they ended, the open ones first.
select
    findings.*,
    facilities.name_zh as facility_zh,
    facilities.name_en as facility_en
from marts.fct_findings as findings
left join marts.dim_facilities as facilities on findings.facility_id = facilities.facility_id
order by findings.status = 'closed', findings.month desc, findings.recorded_at asc, findings.finding_id asc
