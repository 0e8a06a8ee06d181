-- Substitutions with their approval, those that wait for one first.
with reasons as (
    select
        decision_id,
        reason
    from marts.fct_decisions
)

select
    approvals.*,
    coalesce(reasons.reason, '') as reason,
    count(*) over () as rows_in_all,
    facilities.name_zh as facility_zh,
    facilities.name_en as facility_en,
    parameters.name_zh,
    parameters.name_en
from marts.fct_substitution_approvals as approvals
left join reasons on approvals.decision_id = reasons.decision_id
left join marts.dim_facilities as facilities on approvals.facility_id = facilities.facility_id
left join marts.dim_parameters as parameters on approvals.parameter_id = parameters.parameter_id
order by approvals.state = 'approved', approvals.period_start desc, approvals.parameter_id asc, approvals.rule_id asc
limit 200
