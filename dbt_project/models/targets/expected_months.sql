-- What each effective baseline expects of each whole month (逐月期望值): a regression by its variables, an intensity by the
-- output, a total by the same calendar month of its own years.
with months as (
    select *
    from {{ ref('monthly_performance') }}
    where is_complete
),

seasons as (
    select
        baselines.baseline_key,
        month(months.month) as calendar_month,
        sum(months.emissions_tco2e) as emissions_tco2e,
        count(*) as years
    from {{ ref('baselines') }} as baselines
    inner join {{ ref('monthly_performance') }} as months on baselines.subject_id = months.subject_id
    where baselines.measure = 'total' and year(months.month) between baselines.first_year and baselines.last_year
    group by baselines.baseline_key, month(months.month)
),

final as (
    select
        baselines.baseline_key, months.subject_id, months.month, months.emissions_tco2e,
        cast({{ exact_times(['baselines.value', 'months.production']) }} as decimal(38, 6)) as expected_tco2e
    from {{ ref('baselines') }} as baselines
    inner join months on baselines.subject_id = months.subject_id
    where baselines.measure = 'intensity' and months.has_production
    union all
    select
        baselines.baseline_key, months.subject_id, months.month, months.emissions_tco2e,
        cast({{ exact_ratio(mantissa('seasons.emissions_tco2e'), 'seasons.years * 1000000000000', 6) }} as decimal(38, 6))
    from {{ ref('baselines') }} as baselines
    inner join months on baselines.subject_id = months.subject_id
    inner join seasons
        on baselines.baseline_key = seasons.baseline_key and month(months.month) = seasons.calendar_month
    where baselines.baseline_kind <> 'regression'
    union all
    select
        periods.baseline_key, periods.subject_id, periods.period_start, periods.emissions_tco2e, periods.expected_tco2e
    from {{ ref('expected_periods') }} as periods
    inner join {{ ref('baselines') }} as baselines on periods.baseline_key = baselines.baseline_key
    where periods.grain = 'month'
)

select * from final
