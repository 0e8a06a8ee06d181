-- What calls for the review of a baseline, what is not answered first.
select *
from marts.fct_baseline_reviews
order by subject_id, is_answered, found_on desc, baseline_key, trigger_id
