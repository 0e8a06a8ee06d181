-- Each control chart of the plan: the charts of single values first, then those that remember.
with alarming as (
    select warning_id, count(*) as alarming
    from marts.fct_control_points
    where is_alarm
    group by warning_id
)

select
    charts.*,
    cast(window_to - interval 1 day as date) as window_last,
    cast(in_control_run_length / if(grain = 'day', 365.25, 12) as decimal(38, 6)) as false_alarm_years,
    coalesce(alarming.alarming, 0) as alarming
from marts.fct_control_charts as charts
left join alarming on charts.warning_id = alarming.warning_id
order by
    charts.subject_id,
    list_position(['individuals', 'moving_range', 'ewma', 'cusum', 'regression_cusum'], chart),
    charts.warning_id
