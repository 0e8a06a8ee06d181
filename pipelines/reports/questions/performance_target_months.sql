-- Each target as it was seen at the end of each month: what was known, the forecast of the whole year with its interval, the
-- year's path and the gap; the newest year is marked.
select
    target_id,
    year,
    cut_month,
    months_known,
    months_incomplete,
    known_value,
    forecast_value,
    forecast_low,
    forecast_high,
    path_value,
    gap_value,
    gap_share,
    status,
    cut_month >= max(cut_month) over (partition by target_id) - interval 11 month as is_of_last_year
from marts.fct_target_progress
order by target_id, cut_month
