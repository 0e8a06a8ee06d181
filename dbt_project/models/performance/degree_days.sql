-- Degree days (度日) of each subject by month and day, at the base temperature of the plan, or where it names none at every
-- whole degree that the regression may choose from. Days without a temperature take the mean of the period's others; a
-- period with too few of them has no degree days.
with bases as (
    {{ base_temperatures('heating_degree_days', 'heating_base_c', 'heating_base_low', 'heating_base_high') }}
    union all
    {{ base_temperatures('cooling_degree_days', 'cooling_base_c', 'cooling_base_low', 'cooling_base_high') }}
),

periods as (
    select
        subject_id,
        'month' as grain,
        cast(date_trunc('month', local_date) as date) as period_start,
        day(last_day(local_date)) as days,
        temperature_c
    from {{ ref('weather_days') }}
    union all
    select subject_id, 'day', local_date, 1, temperature_c
    from {{ ref('weather_days') }}
),

summed as (
    select
        periods.subject_id,
        bases.variable,
        bases.base_c,
        periods.grain,
        periods.period_start,
        any_value(periods.days) as days,
        count(periods.temperature_c) as days_known,
        sum({{ degrees_beyond('bases.variable', 'bases.base_c', 'periods.temperature_c') }}) as degree_days
    from periods
    inner join bases on periods.subject_id = bases.subject_id
    group by periods.subject_id, bases.variable, bases.base_c, periods.grain, periods.period_start
),

final as (
    select
        summed.subject_id,
        summed.variable,
        summed.base_c,
        summed.grain,
        summed.period_start,
        case
            when summed.days_known >= limits.value * summed.days
                then cast(round(summed.degree_days * summed.days / summed.days_known, 6) as decimal(18, 6))
        end as degree_days
    from summed
    cross join {{ source('rules', 'performance_limits') }} as limits
    where limits.name = 'weather_coverage'
)

select * from final
