-- What each candidate says a year should have come to (基准对比), side by side, beside what it came to on restated data: intensity ×
-- the year's production, a total as it is, a regression by its periods. Only whole months are compared.
with months as (
    select
        subject_id,
        cast(year(month) as integer) as year,
        count(*) as periods,
        sum(emissions_tco2e) as emissions_tco2e,
        sum(production) as production
    from {{ ref('monthly_performance') }}
    where is_complete and has_production
    group by subject_id, year(month)
),

compared as (
    select
        candidates.baseline_key,
        candidates.subject_id,
        months.year,
        months.periods,
        months.emissions_tco2e,
        case
            when candidates.measure = 'intensity'
                then cast({{ exact_times(['candidates.value', 'months.production']) }} as decimal(38, 6))
            when months.periods = 12 then cast(candidates.value as decimal(38, 6))
        end as expected_tco2e,
        cast(null as decimal(38, 6)) as expected_low_tco2e,
        cast(null as decimal(38, 6)) as expected_high_tco2e
    from {{ ref('baseline_candidates') }} as candidates
    inner join months on candidates.subject_id = months.subject_id
    where
        candidates.baseline_kind <> 'regression'
        and months.year >= year(candidates.valid_from) and make_date(months.year, 1, 1) < candidates.ends_on
    union all
    select
        candidates.baseline_key,
        candidates.subject_id,
        years.year,
        years.periods,
        years.emissions_tco2e,
        years.expected_tco2e,
        years.expected_low_tco2e,
        years.expected_high_tco2e
    from {{ ref('baseline_candidates') }} as candidates
    inner join {{ ref('expected_years') }} as years on candidates.baseline_key = years.baseline_key
    where years.year >= year(candidates.valid_from) and make_date(years.year, 1, 1) < candidates.ends_on
),

final as (
    select
        *,
        emissions_tco2e - expected_tco2e as difference_tco2e,
        {{ exact_ratio(mantissa('(emissions_tco2e - expected_tco2e)'), mantissa('expected_tco2e'), 6) }}
            as difference_share
    from compared
)

select * from final
