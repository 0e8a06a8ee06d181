-- Where one facility's month stands by the journal, with the person of each step; no row: nobody took it in hand.
select *
from period_positions
where facility_id = $1 and month = $2
