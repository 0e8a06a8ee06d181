-- What each doubtful value of a line is worth in tonnes (缺口的排放量): the account before its best estimate takes the place of the
-- conservative value, less the account after. The parts of a line add up to its whole; what is not known has no price.
with final as (
    select
        lines.regime,
        lines.facility_id,
        lines.stream_id,
        lines.month,
        lines.gas,
        lines.scope,
        steps.emission_id,
        steps.parameter_id,
        steps.step,
        steps.step_kind,
        steps.cause,
        steps.rule_id,
        steps.failed_controls,
        lines.sign * befores.co2e_t as before_tco2e,
        lines.sign * afters.co2e_t as after_tco2e,
        lines.sign * (befores.co2e_t - afters.co2e_t) as tonnes_at_risk
    from {{ ref('price_steps') }} as steps
    inner join {{ ref('emission_lines') }} as lines on steps.emission_id = lines.emission_id
    left join {{ ref('price_products') }} as befores
        on concat_ws('|', steps.emission_id, steps.step - 1) = befores.price_id
    left join {{ ref('price_products') }} as afters
        on concat_ws('|', steps.emission_id, steps.step) = afters.price_id
    where lines.scope <> 'biogenic'
)

select * from final
