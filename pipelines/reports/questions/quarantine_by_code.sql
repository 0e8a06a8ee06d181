-- How many rows each reason keeps out, and of how many files.
select
    quarantine.code,
    count(*) as rows_in_quarantine,
    count(distinct quarantine.file_sha256) as files
from marts.fct_quarantine as quarantine
group by quarantine.code
order by rows_in_quarantine desc, quarantine.code asc
