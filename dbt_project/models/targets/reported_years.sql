-- What each total's subject came to, year by year from its base on (各年报告值), on restated data; only whole years.
with final as (
    select
        baselines.baseline_key as base_key,
        years.year,
        cast(baselines.value as decimal(28, 6)) as base_tco2e,
        cast(years.emissions_tco2e as decimal(28, 6)) as reported_tco2e
    from {{ ref('baselines') }} as baselines
    inner join {{ ref('baseline_years') }} as years on baselines.subject_id = years.subject_id
    where
        baselines.measure = 'total' and baselines.baseline_kind <> 'regression' and baselines.value is not null
        and years.months_known = 12 and years.year >= baselines.first_year
)

select * from final
