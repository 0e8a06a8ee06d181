-- How many comparisons of each kind were made and how many of them are flagged.
select
    kind,
    count(*) as compared,
    count(*) filter (where is_flagged) as flagged
from marts.fct_reconciliations
group by kind
order by kind
