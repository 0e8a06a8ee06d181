-- What people decided of each review (复核决定) and where the decision stands: the newest one that is in force or waits for
-- approval.
with final as (
    select
        decided.*,
        standings.state,
        standings.person as proposed_by,
        standings.reason,
        standings.approved_by,
        standings.approved_at,
        row_number() over (
            partition by decided.review_id
            order by case standings.state when 'in_force' then 1 when 'pending' then 2 else 3 end, decided.recorded_seq desc
        ) as position
    from {{ source('decisions', 'baseline_decisions') }} as decided
    inner join {{ ref('standings') }} as standings on decided.decision_id = standings.decision_id
)

select * from final
