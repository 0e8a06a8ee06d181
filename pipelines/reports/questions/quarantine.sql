-- Rows kept out, at most 200, with what was found; `rows_in_all` says how many there are.
select
    *,
    count(*) over () as rows_in_all
from marts.fct_quarantine
order by file_name, sheet, row_number, field, code
limit 200
