-- Corrections: a later delivery gave a key another value. The older row stays, superseded.
select
    *,
    count(*) over () as rows_in_all
from marts.fct_events
order by received_seq desc, file_name asc, record_type asc, key asc
limit 200
