-- The effective baselines over time (基准沿革): each version of the plan, and after each approved adjustment the value moved
-- by it. What was before stays, with its validity; a rebase needs a version of the plan with its own years.
with turns as (
    select baseline_key, valid_from as turns_on, '' as decision_id, cast(0 as decimal(38, 12)) as moved_by, '' as approver
    from {{ ref('baselines') }}
    union all
    select
        baselines.baseline_key, decisions.effective_on, decisions.decision_id,
        decisions.new_value - decisions.old_value, decisions.approved_by
    from {{ ref('review_decisions') }} as decisions
    inner join {{ ref('baselines') }} as baselines on decisions.baseline_key = baselines.baseline_key
    where
        decisions.state = 'in_force' and decisions.decision = 'adjust'
        and decisions.effective_on >= baselines.valid_from and decisions.effective_on < baselines.ends_on
),

ordered as (
    select
        *,
        sum(moved_by) over earlier as adjusted_by,
        string_agg(nullif(decision_id, ''), '+') over earlier as decision_ids,
        lead(turns_on) over (partition by baseline_key order by turns_on, decision_id) as next_turn
    from turns
    window earlier as (partition by baseline_key order by turns_on, decision_id rows unbounded preceding)
),

final as (
    select
        baselines.baseline_key,
        baselines.baseline_id,
        baselines.subject_id,
        baselines.facility_id,
        baselines.measure,
        baselines.baseline_kind,
        cast(baselines.first_year as integer) as first_year,
        cast(baselines.last_year as integer) as last_year,
        concat_ws('+', baselines.version, ordered.decision_ids) as version,
        cast(baselines.value + ordered.adjusted_by as decimal(38, 12)) as value,
        baselines.value as plan_value,
        cast(ordered.adjusted_by as decimal(38, 12)) as adjusted_by,
        baselines.unit,
        ordered.decision_id,
        coalesce(nullif(ordered.approver, ''), baselines.approver, '') as approver,
        ordered.turns_on as valid_from,
        coalesce(ordered.next_turn, baselines.ends_on) as ends_on,
        build.as_of >= ordered.turns_on and build.as_of < coalesce(ordered.next_turn, baselines.ends_on) as is_in_force
    from ordered
    inner join {{ ref('baselines') }} as baselines on ordered.baseline_key = baselines.baseline_key
    cross join {{ source('settings', 'build') }} as build
    -- two turns on one day: the later decision holds
    where coalesce(ordered.next_turn, baselines.ends_on) > ordered.turns_on
)

select * from final
