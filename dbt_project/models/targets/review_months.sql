-- The whole months since each trigger (触发后各月): what they came to, and what the base lets expect of them: an intensity and a plain
-- total by the output, so that growth is in neither; a regression by its variables.
with by_output as (
    select
        baselines.baseline_key,
        baselines.subject_id,
        {{ intensity_of('sum(years.emissions_tco2e)', 'sum(years.production)') }} as intensity
    from {{ ref('baselines') }} as baselines
    inner join {{ ref('baseline_years') }} as years on baselines.subject_id = years.subject_id
    where
        baselines.measure = 'total' and baselines.baseline_kind <> 'regression'
        and years.year between baselines.first_year and baselines.last_year
    group by baselines.baseline_key, baselines.subject_id
    having bool_and(years.months_known = 12 and years.months_with_production = 12)
),

expected as (
    select months.baseline_key, months.month, months.expected_tco2e
    from {{ ref('expected_months') }} as months
    inner join {{ ref('baselines') }} as baselines on months.baseline_key = baselines.baseline_key
    where baselines.measure = 'intensity' or baselines.baseline_kind = 'regression'
    union all
    select
        by_output.baseline_key, months.month,
        cast({{ exact_times(['by_output.intensity', 'months.production']) }} as decimal(38, 6))
    from by_output
    inner join {{ ref('monthly_performance') }} as months on by_output.subject_id = months.subject_id
    where months.is_complete and months.has_production
),

final as (
    select
        triggers.baseline_key,
        triggers.trigger_kind,
        triggers.trigger_id,
        count(*) as months,
        sum(months.emissions_tco2e) as emissions_tco2e,
        sum(months.accounted_tco2e) as accounted_tco2e,
        count(expected.expected_tco2e) as months_compared,
        sum(months.emissions_tco2e) filter (where expected.expected_tco2e is not null) as compared_tco2e,
        sum(expected.expected_tco2e) as expected_tco2e
    from {{ ref('review_triggers') }} as triggers
    inner join {{ ref('baselines') }} as baselines on triggers.baseline_key = baselines.baseline_key
    inner join {{ ref('monthly_performance') }} as months
        on baselines.subject_id = months.subject_id and date_trunc('month', triggers.began_on) <= months.month
    left join expected on triggers.baseline_key = expected.baseline_key and months.month = expected.month
    where months.is_complete
    group by triggers.baseline_key, triggers.trigger_kind, triggers.trigger_id
)

select * from final
