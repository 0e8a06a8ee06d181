-- The product of every line, term by term, as the accounts multiplied it.
select
    workings.emission_id,
    workings.term,
    workings.basis,
    workings.value_text as value,
    coalesce(nullif(workings.unit, ''), factors.unit_printed, '') as unit,
    workings.factor_id,
    workings.edition,
    workings.source_document,
    workings.source_locator,
    workings.verification_status,
    workings.error_code
from accounting.workings
left join accounting.factors on workings.factor_id = factors.factor_id
order by workings.emission_id, workings.term_order
