-- What people decided of each review (复核决定) and where the decision stands: the newest one that is in force or waits for approval.
-- What the clause forbids is not applied, whichever way it came into the journal.
with judged as (
    select
        decided.*,
        case
            when decided.decision = 'keep' then case when trim(decided.finding) = '' then 'no_finding' end
            when not effects.is_trigger then 'not_a_trigger'
            -- a rebase to nobody knows where would raise it, too
            when not coalesce(decided.new_value <= decided.old_value, false) and not effects.has_external_cause
                then 'raised_by_worsening'
            when not coalesce(decided.new_value <= decided.old_value, false) and effects.review_id is null then 'no_review'
        end as refusal
    from {{ source('decisions', 'baseline_decisions') }} as decided
    left join {{ ref('review_effects') }} as effects on decided.review_id = effects.review_id
),

stated as (
    select
        judged.*,
        case
            when judged.refusal is not null and standings.state in ('in_force', 'pending') then 'refused'
            else standings.state
        end as state,
        standings.person as proposed_by,
        standings.reason,
        standings.approved_by,
        standings.approved_at
    from judged
    inner join {{ ref('standings') }} as standings on judged.decision_id = standings.decision_id
),

final as (
    select
        stated.*,
        coalesce(refusals.reason_zh, '') as refusal_zh,
        coalesce(refusals.reason_en, '') as refusal_en,
        row_number() over (
            partition by stated.review_id
            order by case stated.state when 'in_force' then 1 when 'pending' then 2 else 3 end, stated.recorded_seq desc
        ) as position
    from stated
    left join {{ source('rules', 'decision_refusals') }} as refusals
        on case when stated.state = 'refused' then stated.refusal end = refusals.refusal
)

select * from final
