-- Readings that no parameter of the plan asks for: nothing of them is in any figure.
select *
from readings.unplanned
order by record_type, source_key, measure
