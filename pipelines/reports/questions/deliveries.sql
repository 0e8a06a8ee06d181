-- Every file received with its row account, newest first: read = loaded + quarantined + skipped, or it says so.
select
    *,
    rows_read = rows_loaded + rows_quarantined + rows_skipped as is_balanced
from marts.fct_deliveries
order by received_seq desc
limit 300
