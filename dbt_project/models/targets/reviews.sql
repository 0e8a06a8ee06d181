-- Baseline reviews (基准复核): what called for each, the numbers drafted, whether they are significant alone and together
-- since the last rebase, what may be decided and what was.
with answered as (
    select
        effects.*,
        newer.version as newer_version,
        decisions.decision_id, decisions.decision, decisions.finding, decisions.state as decision_state,
        decisions.proposed_by, decisions.reason as decision_reason, decisions.approved_by, decisions.approved_at,
        decisions.effective_on, decisions.refusal_zh, decisions.refusal_en,
        rebased.rebased_on
    from {{ ref('review_effects') }} as effects
    left join (
        select baseline_id, max(valid_from) as valid_from, arg_max(version, valid_from) as version
        from {{ ref('planned_baselines') }} group by baseline_id
    ) as newer on effects.baseline_id = newer.baseline_id and effects.found_on < newer.valid_from
    left join {{ ref('review_decisions') }} as decisions
        on effects.review_id = decisions.review_id and decisions.position = 1
    left join (
        select baseline_key, max(effective_on) as rebased_on
        from {{ ref('review_decisions') }} where state = 'in_force' and decision in ('adjust', 'rebase')
        group by baseline_key
    ) as rebased on effects.baseline_key = rebased.baseline_key
),

-- only what is no performance adds up
counted as (
    select
        *,
        case when adds_up then coalesce(effect_share, 0) else 0 end as own_share,
        coalesce(found_on <= rebased_on, false) as is_before_rebase
    from answered
),

judged as (
    select
        *,
        cast(sum(case when is_before_rebase then 0 else own_share end) over (
            partition by baseline_key order by found_on, trigger_kind, trigger_id
        ) as decimal(38, 12)) as cumulative_share
    from counted
),

significance as (
    select value from {{ source('rules', 'performance_limits') }}
    where name = 'significant_change'
),

final as (
    select
        judged.*,
        abs(judged.effect_share) >= significance.value as is_significant,
        abs(judged.cumulative_share) >= significance.value as is_significant_together,
        case
            when not judged.is_trigger then 'not_a_trigger'
            when judged.decision_state = 'in_force' then 'decided'
            when judged.decision_state = 'pending' then 'proposed'
            when judged.trigger_kind = 'restatement' or judged.newer_version is not null then 'settled_by_plan'
            else 'open'
        end as status,
        significance.value as threshold,
        judged.found_on + cast({{ performance_limit('review_days') }} as integer) as due_on
    from judged
    cross join significance
)

select * from final
