-- What regressions are fitted on and predict (回归样本): each period of a regression baseline's subject with its variables.
-- Bills were spread by day before; a period that is not whole is neither fitted nor judged.
with periods as (
    select
        subject_id,
        'month' as grain,
        month as period_start,
        days,
        emissions_tco2e,
        production,
        is_complete and has_production as is_usable
    from {{ ref('monthly_performance') }}
    union all
    select subject_id, 'day', local_date, 1, emissions_tco2e, production, is_complete
    from {{ ref('daily_performance') }}
),

weekends as (
    select month as period_start, 'month' as grain, count(case when isodow(local_date) > 5 then 1 end) as weekend_days
    from {{ ref('calendar_days') }} group by month
    union all
    select local_date, 'day', case when isodow(local_date) > 5 then 1 else 0 end
    from {{ ref('calendar_days') }}
),

final as (
    select
        baselines.baseline_key,
        baselines.subject_id,
        baselines.grain,
        baselines.variables,
        periods.period_start,
        periods.days,
        periods.emissions_tco2e,
        periods.production,
        weekends.weekend_days,
        periods.is_usable,
        year(periods.period_start) between baselines.first_year and baselines.last_year as is_in_baseline
    from {{ ref('planned_baselines') }} as baselines
    inner join periods
        on baselines.subject_id = periods.subject_id and baselines.grain = periods.grain
    inner join weekends
        on periods.period_start = weekends.period_start and periods.grain = weekends.grain
    where baselines.baseline_kind = 'regression'
)

select * from final
