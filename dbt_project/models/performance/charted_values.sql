-- What each control chart plots (控制图数据): the intensity, the residual of a regression, or that residual in standard errors.
-- A period that is not whole has no point.
with newest as (
    select
        baseline_id,
        arg_max(baseline_key, valid_from) as baseline_key
    from {{ ref('planned_baselines') }}
    where baseline_kind = 'regression'
    group by baseline_id
),

intensities as (
    select subject_id, 'month' as grain, 'intensity' as measure, month as period_start, intensity as value
    from {{ ref('monthly_performance') }}
    union all
    select subject_id, 'day', 'intensity', local_date, intensity
    from {{ ref('daily_performance') }} where is_complete
),

plotted as (
    select
        warnings.warning_id,
        intensities.period_start,
        cast(intensities.value as double) as value,
        intensities.period_start >= warnings.window_from and intensities.period_start < warnings.window_to as is_in_window
    from {{ source('plan', 'warnings') }} as warnings
    inner join intensities
        on
            warnings.subject_id = intensities.subject_id
            and warnings.grain = intensities.grain
            and warnings.measure = intensities.measure
    union all
    select
        warnings.warning_id,
        periods.period_start,
        case
            when warnings.chart = 'regression_cusum' then periods.standard_errors
            when warnings.measure = 'accounted_residual' then periods.residual_tco2e - months.restatement_tco2e
            else periods.residual_tco2e
        end,
        case
            when warnings.chart = 'regression_cusum' then periods.is_in_baseline
            else periods.period_start >= warnings.window_from and periods.period_start < warnings.window_to
        end
    from {{ source('plan', 'warnings') }} as warnings
    inner join newest on warnings.baseline_id = newest.baseline_id
    inner join {{ ref('expected_periods') }} as periods
        on newest.baseline_key = periods.baseline_key and warnings.grain = periods.grain
    left join {{ ref('monthly_performance') }} as months
        on periods.subject_id = months.subject_id and periods.period_start = months.month and periods.grain = 'month'
    where warnings.measure in ('residual', 'accounted_residual')
),

final as (
    select * from plotted
    where value is not null
)

select * from final
