-- The plan's baselines (计划的基准) with their years and unit spelled out: a previous year without a year is the one before
-- the baseline becomes valid.
with final as (
    select
        baselines.baseline_id || '@' || baselines.version as baseline_key,
        baselines.* exclude (first_year, last_year, grain),
        subjects.facility_id,
        subjects.regime,
        cast(date_trunc('month', subjects.factors_as_of) as date) as edition_month,
        coalesce(nullif(baselines.grain, ''), 'month') as grain,
        coalesce(baselines.valid_to, date '9999-12-31') as ends_on,
        case
            when baselines.baseline_kind <> 'benchmark' then coalesce(baselines.first_year, year(baselines.valid_from) - 1)
        end as first_year,
        case
            when baselines.baseline_kind <> 'benchmark'
                then coalesce(baselines.last_year, baselines.first_year, year(baselines.valid_from) - 1)
        end as last_year,
        case
            when baselines.measure = 'total' then 'tCO2e'
            else concat_ws(
                ' ', 'tCO2e /', case when subjects.production_base > 1 then cast(subjects.production_base as bigint) end,
                nullif(subjects.production_unit, '')
            )
        end as unit
    from {{ source('plan', 'baselines') }} as baselines
    inner join {{ source('plan', 'subjects') }} as subjects on baselines.subject_id = subjects.subject_id
)

select * from final
