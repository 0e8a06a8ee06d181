-- Approved substitutions in force (已批准的替代), of one parameter's month or of all that a rule fills: one row each, the
-- newest. A row has parameter_id and month, or rule_id; the others are '' and null.
with final as (
    select
        substitutions.parameter_id,
        substitutions.month,
        substitutions.rule_id,
        arg_max(standings.approved_by, standings.recorded_seq) as approved_by,
        arg_max(standings.approved_at, standings.recorded_seq) as approved_at,
        arg_max(standings.decision_id, standings.recorded_seq) as decision_id,
        arg_max(standings.expires_on, standings.recorded_seq) as expires_on
    from {{ ref('standings') }} as standings
    inner join {{ source('decisions', 'substitutions') }} as substitutions
        on standings.decision_id = substitutions.decision_id
    where standings.state = 'in_force'
    group by substitutions.parameter_id, substitutions.month, substitutions.rule_id
)

select * from final
