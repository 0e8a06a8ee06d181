-- What people decided of a parameter's month: overrides that stand in the account, and the approval of what a rule filled.
select
    period_start,
    'override' as kind,
    override_id as decision_id,
    '' as rule_id,
    'in_force' as state,
    made_by,
    made_by_os_user,
    made_at,
    approved_by,
    approved_by_os_user,
    approved_at,
    reason,
    expires_on
from marts.fct_overrides
where
    is_effective
    and parameter_id = $1
    and period_start >= $2::date
    and period_start < $2::date + interval 1 month
union all
select
    approvals.period_start,
    'substitution' as kind,
    approvals.decision_id,
    approvals.rule_id,
    approvals.state,
    '' as made_by,
    '' as made_by_os_user,
    null as made_at,
    approvals.approved_by,
    coalesce(answers.os_user, '') as approved_by_os_user,
    approvals.approved_at,
    coalesce(answers.reason, '') as reason,
    approvals.expires_on
from marts.fct_substitution_approvals as approvals
left join marts.fct_decisions as answers on approvals.decision_id = answers.decision_id
where
    approvals.parameter_id = $1
    and approvals.period_start >= $2::date
    and approvals.period_start < $2::date + interval 1 month
order by period_start, kind, rule_id
