-- Guide defaults in a product beside what the property probably was (缺省值与最佳估计): the best estimate in the unit of the
-- default, or, where it was measured per quantity and the default is per heat, in the place of both.
with methods as (
    select
        method_id,
        min(term_order) as first_order
    from {{ source('rules', 'method_terms') }}
    group by method_id
),

asked as (
    select
        terms.emission_id,
        terms.term_order,
        methods.first_order * 10 as first_order,
        estimates.*
    from {{ ref('emission_terms') }} as terms
    inner join {{ ref('default_estimates') }} as estimates on terms.measured_id = estimates.measured_id
    inner join methods on terms.method_id = methods.method_id
    where terms.basis = 'default'
),

placed as (
    select
        asked.*,
        own.unit as own_unit,
        concat_ws('/', split_part(own.unit, '/', 1), split_part(firsts.unit, '/', 2)) as spanning_unit
    from asked
    inner join {{ ref('workings') }} as own on asked.emission_id = own.emission_id and asked.term_order = own.term_order
    inner join {{ ref('workings') }} as firsts
        on asked.emission_id = firsts.emission_id and asked.first_order = firsts.term_order
),

final as (
    select
        placed.emission_id,
        placed.term_order,
        placed.parameter_id,
        placed.cause,
        placed.rule_id,
        '' as failed_controls,
        cast(null as decimal(38, 12)) as conservative,
        case when owns.to_unit is not null or spans.to_unit is not null then placed.best_estimate end as best_estimate,
        cast(null as decimal(38, 12)) as picked,
        'default' as step_kind,
        coalesce(owns.numerator, spans.numerator) as numerator,
        coalesce(owns.denominator, spans.denominator) as denominator,
        case when owns.to_unit is null and spans.to_unit is not null then placed.first_order end as spans_from
    from placed
    left join {{ ref('unit_ratios') }} as owns on placed.unit = owns.from_unit and placed.own_unit = owns.to_unit
    left join {{ ref('unit_ratios') }} as spans on placed.unit = spans.from_unit and placed.spanning_unit = spans.to_unit
)

select * from final
