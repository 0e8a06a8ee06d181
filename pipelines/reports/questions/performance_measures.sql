-- Measures: what was expected of them, and what hindsight finds against the normalised baseline.
select *
from marts.fct_measures
order by target_id, started_on, measure_id
