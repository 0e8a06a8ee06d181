-- The baseline reviews, as published; what waits first, the newest of it before the others.
select *
from marts.fct_baseline_reviews
order by
    case status when 'open' then 1 when 'proposed' then 2 when 'decided' then 3 when 'settled_by_plan' then 4 else 5 end asc,
    found_on desc, review_id asc
