-- Who approved each substitution (替代审批): per filled gap, the approval of its parameter and month, else of its rule; or
-- that nobody did. The substitution itself stands in fct_substitutions.
with filled as (
    select distinct facility_id, stream_id, parameter_id, period_start, rule_id from {{ ref('substituted_readings') }}
),

final as (
    select
        filled.facility_id,
        filled.stream_id,
        filled.parameter_id,
        filled.period_start,
        filled.rule_id,
        case when coalesce(own.decision_id, ruled.decision_id) is null then 'not_approved' else 'approved' end as state,
        coalesce(own.approved_by, ruled.approved_by, '') as approved_by,
        coalesce(own.approved_at, ruled.approved_at) as approved_at,
        coalesce(own.expires_on, ruled.expires_on) as expires_on,
        coalesce(own.decision_id, ruled.decision_id, '') as decision_id
    from filled
    left join {{ ref('substitution_approvals') }} as own
        on
            filled.parameter_id = own.parameter_id
            and date_trunc('month', filled.period_start) = own.month
    left join {{ ref('substitution_approvals') }} as ruled
        on
            filled.rule_id = ruled.rule_id
            and ruled.parameter_id = ''
)

select * from final
