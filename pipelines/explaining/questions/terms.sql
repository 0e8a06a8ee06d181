-- The product of one figure, term by term, each factor with where it is printed and whether anybody has checked it.
select
    workings.term_order,
    workings.term,
    workings.basis,
    workings.value_text,
    workings.digits::varchar as digits,
    workings.scale,
    workings.numerator::varchar as numerator,
    workings.denominator::varchar as denominator,
    workings.unit,
    workings.factor_id,
    workings.is_earlier_year,
    workings.parameter_id,
    workings.error_code,
    workings.edition,
    workings.source_document,
    workings.source_locator,
    workings.verification_status,
    factors.value_text as value_printed,
    factors.unit_printed
from accounting.workings as workings
left join marts.dim_factors as factors on workings.factor_id = factors.factor_id
where workings.emission_id = $1
order by workings.term_order
