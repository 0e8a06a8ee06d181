-- Quarantined rows released by decision: the row as received beside what it is read with.
select *
from marts.fct_releases
order by made_at, release_id
