-- Where two terms of a line meet in different units (单位衔接): their exact ratio, reduced, or the error that there is none.
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
        terms.term_order,
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

final as (
    select
        emission_id,
        term_order,
        numerator // gcd(numerator, denominator) as numerator,
        denominator // gcd(numerator, denominator) as denominator,
        concat_ws('/', denominator_unit, running_unit) as unit,
        error_code,
        denominator_unit as error_found
    from joints
)

select * from final
