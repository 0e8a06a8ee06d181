-- Reviews of baselines with what was drafted and decided: what waits first, what is no trigger last.
select *
from marts.fct_baseline_reviews
order by
    subject_id,
    list_position(['proposed', 'open', 'decided', 'settled_by_plan', 'not_a_trigger'], status),
    due_on,
    review_id
