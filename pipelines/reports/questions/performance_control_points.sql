-- The points of each chart, and the months in their midst or at their end that give none because they are not whole.
with spans as (
    select charts.warning_id, charts.subject_id, charts.grain, min(points.period_start) as first_start
    from marts.fct_control_charts as charts
    inner join marts.fct_control_points as points on charts.warning_id = points.warning_id
    group by charts.warning_id, charts.subject_id, charts.grain
),

lacking as (
    select spans.warning_id, months.month as period_start
    from spans
    inner join marts.fct_performance_months as months
        on spans.subject_id = months.subject_id and spans.first_start <= months.month
    anti join marts.fct_control_points as points
        on spans.warning_id = points.warning_id and months.month = points.period_start
    where spans.grain = 'month' and months.status != 'complete'
)

select
    warning_id,
    period_start,
    true as is_known,
    is_in_window,
    is_limit_point,
    value,
    statistic,
    statistic_low,
    centre,
    lower_limit,
    upper_limit,
    cumulative_residual_tco2e,
    is_alarm,
    rules
from marts.fct_control_points
union all by name
select warning_id, period_start, false as is_known
from lacking
order by warning_id, period_start
