-- The terms of the methods of one folder ($1), in order, with the default factors that the factor sets name for each.
with methods as (
    select distinct method_id, stream_type, gas, regime, fuel, subject
    from rules.methods
    where rule_folder = $1 and ($2::varchar is null or coalesce(regime, $2::varchar) = $2::varchar)
),

terms as (
    select methods.*, terms.term_order, terms.term, terms.per, terms.measured_kind,
        terms.numerator, terms.denominator, terms.numerator_unit, terms.denominator_unit
    from methods
    inner join rules.method_terms as terms on methods.method_id = terms.method_id
),

defaults as (
    select distinct terms.method_id, terms.stream_type, terms.term, factors.factor_id, factors.subject_printed,
        factors.gas, factors.value_text, factors.unit_printed, factors.edition, factors.source_document,
        factors.source_locator, factors.verification_status
    from terms
    inner join rules.factor_sets as sets
        on terms.term = sets.parameter
        and coalesce(sets.stream_type, terms.stream_type) = terms.stream_type
        and coalesce(sets.gas, terms.gas) = terms.gas
        and coalesce(sets.regime, terms.regime, '') = coalesce(terms.regime, sets.regime, '')
        and sets.rule_folder = $1
    inner join rules.factors as factors
        on sets.factor_set = factors.factor_set
        and factors.parameter = terms.term
        and coalesce(factors.gas, terms.gas) = terms.gas
        and coalesce(terms.subject, terms.fuel, factors.subject, '') = coalesce(factors.subject, '')
)

select distinct
    terms.method_id,
    terms.stream_type,
    terms.term_order,
    terms.term,
    terms.measured_kind,
    terms.numerator,
    terms.denominator,
    terms.numerator_unit,
    terms.denominator_unit,
    defaults.* exclude (method_id, stream_type, term, gas)
from terms
left join defaults
    on terms.method_id = defaults.method_id and terms.stream_type = defaults.stream_type and terms.term = defaults.term
order by terms.method_id, terms.stream_type, terms.term_order, defaults.factor_id
