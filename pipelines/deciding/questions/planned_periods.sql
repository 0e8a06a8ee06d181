-- The planned periods of a parameter that begin in a span of days, as published.
select
    period_start,
    period_end,
    unit,
    quantity,
    measured_quantity,
    basis
from readings.planned
where parameter_id = $1 and period_start >= $2 and period_start < $3
order by period_start
