-- Where every facility's month stands by the journal.
select *
from period_positions
order by facility_id, month
