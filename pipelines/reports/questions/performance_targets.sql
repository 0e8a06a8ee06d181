-- Each target with its base, owner and measures, and where it stood at the end of the newest month: known, forecast, path, gap.
select
    targets.*,
    subjects.production_unit,
    subjects.production_base,
    progress.year,
    progress.months_known,
    progress.months_incomplete,
    progress.known_value,
    progress.forecast_value,
    progress.forecast_low,
    progress.forecast_high,
    progress.path_value,
    progress.gap_value,
    progress.gap_share,
    progress.normalised_by,
    progress.reason_zh,
    progress.reason_en
from marts.fct_targets as targets
left join plan.subjects as subjects on targets.subject_id = subjects.subject_id
left join marts.fct_target_progress as progress
    on targets.target_id = progress.target_id and targets.seen_month = progress.cut_month
order by targets.target_id
