-- What was admitted of a parameter in a month: per period what came, and for a gap the estimate, substitute and rule.
select
    period_start,
    period_end,
    unit,
    quantity,
    measured_quantity,
    hours_expected,
    hours_missing,
    basis,
    rule_id,
    best_estimate,
    substitute,
    failed_controls,
    plan_version
from readings.admitted
where
    parameter_id = $1
    and period_start >= $2::date
    and period_start < $2::date + interval 1 month
order by period_start
