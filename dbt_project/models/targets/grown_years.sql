-- Organic growth and decline (有机增长): whole years whose output moved from the base years' mean by as much as would be
-- significant. It is no trigger; it is listed, so that nobody need ask.
with based as (
    select
        baselines.baseline_key,
        baselines.subject_id,
        baselines.last_year,
        sum(years.production) as production,
        count(*) as years
    from {{ ref('baselines') }} as baselines
    inner join {{ ref('baseline_years') }} as years on baselines.subject_id = years.subject_id
    where
        years.year between baselines.first_year and baselines.last_year
        and years.months_with_production = 12 and years.production > 0
    group by baselines.baseline_key, baselines.subject_id, baselines.last_year
),

moved as (
    select
        based.baseline_key,
        years.year,
        {{ exact_ratio(mantissa('(years.production * based.years - based.production)'), mantissa('based.production'), 6) }}
            as growth
    from based
    inner join {{ ref('baseline_years') }} as years on based.subject_id = years.subject_id
    where years.year > based.last_year and years.months_with_production = 12
),

final as (
    select
        baseline_key, 'growth' as trigger_kind, cast(year as varchar) as trigger_id, 'b' as cause, 'organic' as detail,
        case when growth > 0 then 'up' else 'down' end as direction, make_date(year, 12, 31) as found_on,
        make_date(year, 1, 1) as began_on,
        concat(year, ' 年产量较基准期变化 ', {{ plain_number('growth * 100') }}, '%') as evidence_zh,
        concat('output of ', year, ' moved by ', {{ plain_number('growth * 100') }}, ' % from the base') as evidence_en
    from moved
    where abs(growth) >= {{ performance_limit('significant_change') }}
)

select * from final
