-- The non-conformities, as published; the newest first within open, reopened, corrected and closed.
select *
from marts.fct_nonconformities
order by
    case status when 'reopened' then 1 when 'open' then 2 when 'corrected' then 3 else 4 end,
    severity, due_on, nonconformity_id
