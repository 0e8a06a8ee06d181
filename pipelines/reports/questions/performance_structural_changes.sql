-- Structural changes of each subject's base by the rules of the GHG Protocol, newest first.
select *
from marts.fct_structural_changes
order by subject_id, happened_on desc, event_id, baseline_key
