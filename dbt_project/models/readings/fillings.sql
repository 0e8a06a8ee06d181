-- Each reading's substitutes together (填补结果), by regime: the rule of its gap and that of its lapsed calibration. A regime has a
-- row only where a rule of its own applies; the rest it takes from '', which holds in every regime.
with keyed as (
    select distinct
        planned_id,
        regime
    from {{ ref('substitutes') }}
),

ranked as (
    select
        keyed.regime as for_regime,
        substitutes.*,
        row_number() over (
            partition by keyed.planned_id, keyed.regime, substitutes.is_gap
            order by substitutes.regime = keyed.regime desc
        ) as place
    from keyed
    inner join {{ ref('substitutes') }} as substitutes on keyed.planned_id = substitutes.planned_id
    where substitutes.regime in ('', keyed.regime)
),

final as (
    select
        planned_id,
        for_regime as regime,
        coalesce(bool_or(is_default), false) as is_default,
        max(kept_quantity) filter (where is_gap) as kept_quantity,
        max(fill_best_estimate) filter (where is_gap) as gap_best_estimate,
        max(fill_substitute) filter (where is_gap) as gap_substitute,
        max(fill_best_estimate) filter (where not is_gap) as lapse_best_estimate,
        max(fill_substitute) filter (where not is_gap) as lapse_substitute,
        string_agg(rule_id, ' ' order by rule_id) filter (where is_default or fill_substitute is not null) as rule_id
    from ranked
    where place = 1
    group by planned_id, for_regime
)

select * from final
