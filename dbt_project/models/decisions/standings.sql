-- Where each override, release and substitution stands at the build's date (决定的效力). It takes effect when another
-- person whose duty allows it has approved, nobody has rejected it, and its expiry date has not passed.
with approved as (
    select
        proposals.decision_id,
        min(answers.recorded_seq) as answered_seq
    from {{ source('decisions', 'proposals') }} as proposals
    inner join {{ source('decisions', 'answers') }} as answers on proposals.decision_id = answers.decision_id
    inner join {{ source('rules', 'decision_duties') }} as duties
        on
            'approve_' || proposals.kind = duties.action
            and answers.duty = duties.duty
    where answers.answer = 'approved' and answers.person <> proposals.person
    group by proposals.decision_id
),

rejected as (
    select
        decision_id,
        min(recorded_seq) as answered_seq
    from {{ source('decisions', 'answers') }}
    where answer = 'rejected'
    group by decision_id
),

judged as (
    select
        proposals.*,
        answers.person as approved_by,
        answers.role_id as approved_role_id,
        answers.os_user as approved_os_user,
        answers.recorded_at as approved_at,
        refusals.person as rejected_by,
        refusals.note as rejected_reason,
        case
            when rejected.decision_id is not null then 'rejected'
            when build.as_of > proposals.expires_on then 'expired'
            when approved.decision_id is null then 'pending'
            else 'in_force'
        end as own_state
    from {{ source('decisions', 'proposals') }} as proposals
    cross join {{ source('settings', 'build') }} as build
    left join approved on proposals.decision_id = approved.decision_id
    left join {{ source('decisions', 'answers') }} as answers
        on approved.decision_id = answers.decision_id and approved.answered_seq = answers.recorded_seq
    left join rejected on proposals.decision_id = rejected.decision_id
    left join {{ source('decisions', 'answers') }} as refusals
        on rejected.decision_id = refusals.decision_id and rejected.answered_seq = refusals.recorded_seq
),

-- two decisions about one thing: the newer one holds
final as (
    select
        * exclude (own_state),
        case
            when own_state = 'in_force' and recorded_seq < max(recorded_seq) over (partition by kind, subject, own_state)
                then 'replaced'
            else own_state
        end as state
    from judged
)

select * from final
