-- The terms of every product, in order: what each divides by, what may be measured instead of a default, fixed ratios.
select
    method_id,
    term,
    coalesce(per, '') as per,
    coalesce(measured_kind, '') as measured_kind,
    numerator,
    denominator,
    coalesce(numerator_unit, '') as numerator_unit,
    coalesce(denominator_unit, '') as denominator_unit
from rules.method_terms
order by method_id, term_order
