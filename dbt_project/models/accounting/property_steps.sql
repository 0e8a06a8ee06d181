-- Measured properties of a product whose two values differ (存疑参数): a gap of a heat value, say, that a rule of the plan filled.
with final as (
    select
        terms.emission_id,
        terms.term_order,
        highs.parameter_id,
        coalesce(told.causes, '') as cause,
        coalesce(told.rule_ids, '') as rule_id,
        coalesce(highs.failed_controls, '') as failed_controls,
        highs.value as conservative,
        lows.value as best_estimate,
        cast(null as decimal(38, 12)) as picked,
        'measured' as step_kind
    from {{ ref('emission_terms') }} as terms
    inner join {{ ref('measured_values') }} as highs
        on terms.measured_id = highs.measured_id and highs.stance = 'conservative'
    inner join {{ ref('measured_values') }} as lows
        on
            terms.measured_id = lows.measured_id
            and highs.parameter_id = lows.parameter_id
            and lows.stance = 'best_estimate'
    left join {{ ref('substituted_months') }} as told
        on highs.regime = told.regime and highs.parameter_id = told.parameter_id and highs.month = told.month
    where terms.basis = 'measured'
)

select * from final
