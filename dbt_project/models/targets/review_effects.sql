-- The numbers drafted for each review (复核测算): old value, proposed value, effect. A structural change by the unit's own
-- emissions; a restatement by both editions; a newer factor by the ratio of overlapping months; anything else by how the
-- months since compare.
with since as (
    select
        triggers.baseline_key, triggers.trigger_kind, triggers.trigger_id,
        count(*) as months,
        sum(expected.emissions_tco2e) as emissions_tco2e,
        sum(expected.expected_tco2e) as expected_tco2e,
        sum(months.accounted_tco2e) as accounted_tco2e
    from {{ ref('review_triggers') }} as triggers
    inner join {{ ref('expected_months') }} as expected
        on triggers.baseline_key = expected.baseline_key and date_trunc('month', triggers.began_on) <= expected.month
    inner join {{ ref('monthly_performance') }} as months
        on expected.subject_id = months.subject_id and expected.month = months.month
    group by triggers.baseline_key, triggers.trigger_kind, triggers.trigger_id
),

measured as (
    select
        triggers.*,
        baselines.baseline_id, baselines.subject_id, baselines.facility_id, baselines.measure, baselines.baseline_kind,
        baselines.version, baselines.unit, baselines.valid_from,
        changes.treatment,
        coalesce(since.months, 0) as months_since,
        case when triggers.trigger_kind = 'restatement' then baselines.accounted_value else baselines.value end as old_value,
        case
            when triggers.trigger_kind = 'growth' then null
            when triggers.trigger_kind = 'restatement' then baselines.value
            when changes.treatment in ('structural', 'not_in_base_year', 'covered_by_scopes', 'organic')
                then baselines.value + changes.effect_tco2e
            when kinds.treatment <> 'performance' then null
            when triggers.trigger_kind = 'factor'
                then {{ exact_share('baselines.value', mantissa('since.accounted_tco2e'), mantissa('since.emissions_tco2e'), 9) }}
            -- in a plain total growth cannot be told from anything else
            when baselines.measure = 'intensity' or baselines.baseline_kind = 'regression'
                then {{ exact_share('baselines.value', mantissa('since.emissions_tco2e'), mantissa('since.expected_tco2e'), 9) }}
        end as proposed_value
    from {{ ref('review_triggers') }} as triggers
    inner join {{ ref('baselines') }} as baselines on triggers.baseline_key = baselines.baseline_key
    left join {{ source('rules', 'event_kinds') }} as kinds
        on triggers.detail = kinds.event_kind and triggers.trigger_kind = 'event'
    left join {{ ref('structural_changes') }} as changes
        on
            triggers.baseline_key = changes.base_key
            and triggers.trigger_id = changes.event_id
            and triggers.trigger_kind = 'event'
    left join since
        on
            triggers.baseline_key = since.baseline_key
            and triggers.trigger_kind = since.trigger_kind
            and triggers.trigger_id = since.trigger_id
),

final as (
    select
        * exclude (valid_from),
        cast(valid_from as date) as baseline_valid_from,
        concat_ws('/', baseline_id, trigger_kind, replace(replace(trigger_id, '|', ':'), '/', '.')) as review_id,
        proposed_value - old_value as effect,
        {{ exact_ratio(mantissa('(proposed_value - old_value)'), mantissa('old_value'), 6) }} as effect_share
    from measured
)

select * from final
