-- The row accounts of all files together, by outcome.
select
    outcome,
    grouping(outcome) = 1 as is_total,
    count(*) as files,
    sum(rows_read)::bigint as rows_read,
    sum(rows_loaded)::bigint as rows_loaded,
    sum(rows_quarantined)::bigint as rows_quarantined,
    sum(rows_skipped)::bigint as rows_skipped,
    count(*) filter (where rows_read <> rows_loaded + rows_quarantined + rows_skipped) as unbalanced_files
from marts.fct_deliveries
group by grouping sets ((outcome), ())
order by is_total, outcome
