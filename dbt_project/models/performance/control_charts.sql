-- Each control chart of the plan (控制图): its parameters, its limits and what they come from, and how often it cries out though
-- nothing has changed (in-control average run length).
with final as (
    select
        warnings.warning_id,
        warnings.subject_id,
        subjects.facility_id,
        warnings.name_zh,
        warnings.name_en,
        warnings.chart,
        warnings.measure,
        warnings.grain,
        coalesce(warnings.baseline_id, '') as baseline_id,
        warnings.window_from,
        warnings.window_to,
        warnings.sigma_multiple,
        coalesce(warnings.run_rules, '') as run_rules,
        warnings.smoothing,
        warnings.reference_value,
        warnings.decision_interval,
        points.status,
        points.points,
        points.points_in_window,
        points.points_used,
        points.points_in_window - points.points_used as points_left_out,
        points.rounds,
        {{ stated('points.centre') }} as centre,
        {{ stated('points.sigma') }} as sigma,
        {{ stated('points.autocorrelation', 6) }} as autocorrelation,
        -- within the band of white noise: only then do the limits and the run length hold as stated
        abs(points.autocorrelation) <= 2 / sqrt(points.points_used) as is_independent,
        {{ stated('points.in_control_run_length', 3) }} as in_control_run_length,
        points.run_length_method
    from {{ source('plan', 'warnings') }} as warnings
    inner join {{ source('plan', 'subjects') }} as subjects on warnings.subject_id = subjects.subject_id
    inner join {{ ref('chart_points') }} as points
        on warnings.warning_id = points.warning_id and points.record_kind = 'chart'
)

select * from final
