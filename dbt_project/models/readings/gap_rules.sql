-- The written rule for each gap (缺失处理规则), by regime: '' holds in every regime, and a regime's own row outranks it there.
-- Beyond a rule's longest gap it no longer applies, and the period is not reportable.
with rules as (
    select
        rules.*,
        coalesce(rules.regime, '') as for_regime
    from {{ source('rules', 'missing_data_rules') }} as rules
    left join {{ source('settings', 'regimes') }} as asked on rules.regime = asked.regime
    where rules.regime is null or asked.regime is not null
),

final as (
    select
        gaps.planned_id,
        rules.for_regime as regime,
        rules.rule_id,
        rules.algorithm,
        rules.k,
        rules.best_estimate as estimate_by,
        rules.answers_control,
        rules.value as rule_value,
        rules.unit as rule_unit,
        case rules.direction when 'conservative' then coalesce(ways.direction, 'up') else rules.direction end as direction,
        coalesce(gaps.run_hours <= 24 * rules.max_gap_days, true) as is_within_limit
    from {{ ref('gaps') }} as gaps
    inner join rules on gaps.missing_rule = rules.rule_id
    left join {{ ref('conservative_directions') }} as ways
        on
            gaps.parameter_id = ways.parameter_id
            and gaps.stream_type = ways.stream_type
            and gaps.period_start >= ways.valid_from
            and gaps.period_start < ways.valid_to
)

select * from final
