-- Every point of every control chart (控制图打点): value, statistic, limits, and whether it alarms by which rule. Of a regression
-- CUSUM also the running sum of actual minus expected emissions.
with newest as (
    select
        baseline_id,
        arg_max(baseline_key, valid_from) as baseline_key
    from {{ ref('planned_baselines') }}
    where baseline_kind = 'regression'
    group by baseline_id
),

final as (
    select
        points.warning_id,
        charts.subject_id,
        charts.facility_id,
        points.period_start,
        points.is_in_window,
        points.is_limit_point,
        {{ stated('points.value') }} as value,
        {{ stated('points.statistic') }} as statistic,
        {{ stated('points.statistic_low') }} as statistic_low,
        charts.centre,
        charts.sigma,
        {{ stated('points.lower_limit') }} as lower_limit,
        {{ stated('points.upper_limit') }} as upper_limit,
        case when charts.chart = 'regression_cusum' then sum(periods.residual_tco2e) over so_far end
            as cumulative_residual_tco2e,
        points.is_alarm,
        points.rules,
        case points.side when 1 then 'up' when -1 then 'down' else '' end as direction,
        points.began_on
    from {{ ref('chart_points') }} as points
    inner join {{ ref('control_charts') }} as charts on points.warning_id = charts.warning_id
    left join newest on charts.baseline_id = newest.baseline_id
    left join {{ ref('expected_periods') }} as periods
        on newest.baseline_key = periods.baseline_key and points.period_start = periods.period_start
    where points.record_kind = 'point'
    window so_far as (partition by points.warning_id order by points.period_start)
)

select * from final
