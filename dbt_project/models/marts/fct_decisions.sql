-- Every decision in the journal (人工决定): who decided what, when, in which role, and, where it needs another person's
-- approval, how it stands at the build's date; one that the clause forbids is refused, with the reason.
with final as (
    select
        lines.decision_id,
        lines.recorded_seq,
        lines.event,
        coalesce(standings.subject, '') as subject,
        lines.person,
        lines.role_id,
        lines.duty,
        lines.os_user,
        lines.recorded_at,
        coalesce(standings.reason, '') as reason,
        standings.expires_on,
        coalesce(reviewed.state, standings.state, 'recorded') as state,
        coalesce(reviewed.refusal_zh, '') as refusal_zh,
        coalesce(reviewed.refusal_en, '') as refusal_en,
        coalesce(standings.approved_by, '') as approved_by,
        standings.approved_at,
        coalesce(standings.rejected_by, '') as rejected_by,
        lines.details,
        lines.line_hash
    from {{ source('decisions', 'lines') }} as lines
    left join {{ ref('standings') }} as standings on lines.decision_id = standings.decision_id
    left join {{ ref('review_decisions') }} as reviewed on lines.decision_id = reviewed.decision_id
)

select * from final
