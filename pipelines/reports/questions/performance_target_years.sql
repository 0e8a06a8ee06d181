-- Each target's years: the path (which starts at the base), and the newest view of the year: whole, or a forecast with interval.
with seen as (
    select
        target_id,
        year,
        cut_month,
        months_known,
        forecast_value,
        forecast_low,
        forecast_high,
        gap_value,
        gap_share,
        status,
        row_number() over (partition by target_id, year order by cut_month desc) as position
    from marts.fct_target_progress
),

paths as (
    select target_id, year, path_value
    from marts.fct_target_paths
    union all
    select target_id, base_year, base_value
    from marts.fct_targets
    where base_year is not null
)

select
    paths.target_id,
    paths.year,
    paths.path_value,
    seen.cut_month,
    seen.months_known,
    seen.forecast_value,
    seen.forecast_low,
    seen.forecast_high,
    seen.gap_value,
    seen.gap_share,
    seen.status,
    coalesce(seen.months_known = 12, false) as is_whole
from paths
left join seen on paths.target_id = seen.target_id and paths.year = seen.year and seen.position = 1
order by paths.target_id, paths.year
