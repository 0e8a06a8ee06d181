-- The workings (计算过程): one row per term, so that any tonne prints as its product and walks back to its source. Between
-- two terms whose units differ stands their exact ratio; a pair that has none is an error, never a silent conversion.
with terms as (
    select
        *,
        last_value(nullif(numerator_unit, '') ignore nulls) over earlier as running_unit,
        last_value(nullif(heat_basis, '') ignore nulls) over earlier as running_basis
    from {{ ref('resolved_terms') }}
    window earlier as (partition by emission_id order by term_order rows between unbounded preceding and 1 preceding)
),

joints as (
    select
        terms.emission_id,
        terms.term_order - 1 as term_order,
        terms.running_unit,
        terms.denominator_unit,
        cast(froms.to_base_numerator as hugeint) * tos.to_base_denominator as numerator,
        cast(froms.to_base_denominator as hugeint) * tos.to_base_numerator as denominator,
        case
            when coalesce(froms.dimension <> tos.dimension, true) then 'UNIT_DIMENSION'
            when terms.running_basis <> nullif(terms.heat_basis, '') then 'HEAT_BASIS'
        end as error_code
    from terms
    left join {{ ref('units') }} as froms on terms.running_unit = froms.unit
    left join {{ ref('units') }} as tos on terms.denominator_unit = tos.unit
    where
        terms.denominator_unit <> ''
        and (terms.running_unit <> terms.denominator_unit or terms.running_basis <> nullif(terms.heat_basis, ''))
),

ratios as (
    select
        *,
        numerator // gcd(numerator, denominator) as reduced_numerator,
        denominator // gcd(numerator, denominator) as reduced_denominator
    from joints
),

final as (
    select
        emission_id, term_order, term, basis, value_text, digits, scale,
        cast(numerator as hugeint) as numerator, cast(denominator as hugeint) as denominator,
        unit, factor_id, is_earlier_year, parameter_id, error_code, error_found
    from terms
    where term <> 'tonnes_of_gas'
    union all
    select
        emission_id, term_order, 'unit_ratio' as term, 'ratio' as basis,
        concat_ws('/', reduced_numerator, reduced_denominator) as value_text,
        1 as digits, 0 as scale,
        reduced_numerator as numerator, reduced_denominator as denominator,
        concat_ws('/', denominator_unit, running_unit) as unit,
        null as factor_id, false as is_earlier_year, null as parameter_id,
        error_code, denominator_unit as error_found
    from ratios
)

select
    final.*,
    factors.edition,
    factors.source_document,
    factors.source_locator,
    factors.verification_status
from final
left join {{ ref('factors') }} as factors on final.factor_id = factors.factor_id
