-- Years against the base that the rules would recalculate (重算年度对比), by the all-year and the same-year option.
with final as (
    select
        bases.baseline_id,
        bases.subject_id,
        years.base_key as baseline_key,
        cast(years.year as integer) as year,
        cast(years.base_tco2e as decimal(38, 6)) as base_tco2e,
        cast(years.reported_tco2e as decimal(38, 6)) as reported_tco2e,
        years.base_all_year_tco2e,
        years.all_year_tco2e,
        years.base_same_year_tco2e,
        years.recalculated_tco2e
    from {{ ref('recalculated_years') }} as years
    inner join {{ ref('baselines') }} as bases on years.base_key = bases.baseline_key
)

select * from final
