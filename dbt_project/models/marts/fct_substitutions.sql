-- Every reading that a written rule filled or moved (缺失数据替代): what was measured, why the rule was needed, the best estimate,
-- the rule's substitute, and who approved it. A regime has a row of its own only where it has a rule of its own; '' holds in
-- every regime.
with final as (
    select
        filled.*,
        approvals.approved_by,
        approvals.approved_at
    from {{ ref('substituted_readings') }} as filled
    inner join {{ ref('fct_substitution_approvals') }} as approvals
        on
            filled.parameter_id = approvals.parameter_id
            and filled.period_start = approvals.period_start
            and filled.rule_id = approvals.rule_id
)

select * from final
