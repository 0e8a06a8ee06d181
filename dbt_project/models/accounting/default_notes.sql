-- Where a default stands in the account of a line and under which rule (缺省值记录): each default value of a product with its source,
-- the best estimate beside it where the plan measures the property, and stream types that claim nothing for lack of proof.
with defaults as (
    select
        terms.emission_id,
        terms.term,
        terms.measured_id,
        rules.rule_id,
        factors.factor_id,
        factors.value,
        factors.unit,
        row_number() over (
            partition by terms.emission_id, terms.term_order
            order by rules.factor_set is not null desc, rules.stream_type is not null desc
        ) as place
    from {{ ref('emission_terms') }} as terms
    inner join {{ ref('factors_in_force') }} as found on terms.need_id = found.need_id
    inner join {{ ref('factors') }} as factors on found.factor_id = factors.factor_id
    inner join {{ source('rules', 'default_rules') }} as rules on terms.term = rules.term
    where
        terms.basis = 'default'
        and coalesce(rules.factor_set, factors.factor_set) = factors.factor_set
        and coalesce(rules.stream_type, terms.stream_type) = terms.stream_type
),

noted as (
    select * exclude (place)
    from defaults
    where place = 1
    union all by name
    select
        lines.emission_id,
        rules.rule_id
    from {{ ref('emission_lines') }} as lines
    inner join {{ source('rules', 'default_rules') }} as rules
        on lines.stream_type = rules.stream_type and rules.term is null
    where coalesce(rules.error_code, lines.error_code, '') = coalesce(lines.error_code, '')
),

estimated as (
    select
        noted.*,
        estimates.parameter_id,
        {{ convert('estimates.best_estimate', 'ratios.numerator', 'ratios.denominator') }} as best_estimate
    from noted
    left join {{ ref('default_estimates') }} as estimates on noted.measured_id = estimates.measured_id
    left join {{ ref('unit_ratios') }} as ratios on estimates.unit = ratios.from_unit and noted.unit = ratios.to_unit
),

final as (
    select
        lines.emission_id,
        lines.regime,
        lines.facility_id,
        lines.stream_id,
        lines.month,
        lines.gas,
        coalesce(estimated.term, '') as term,
        estimated.rule_id,
        estimated.factor_id,
        estimated.value,
        estimated.unit,
        estimated.parameter_id,
        estimated.best_estimate,
        estimated.value - estimated.best_estimate as difference
    from estimated
    inner join {{ ref('emission_lines') }} as lines on estimated.emission_id = lines.emission_id
)

select * from final
