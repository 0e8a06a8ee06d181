-- How sure a total is (不确定度, 95 %): of each regime and year, by facility and scope and over all of them ('').
-- Lines that share a parameter or a factor are wrong together and add up; different sources combine as root of squares.
with sizes as (
    select
        regime,
        year,
        facility_id,
        scope,
        cast(round(sqrt(sum(power(cast(tco2e as double), 2) order by source_id)), 6) as decimal(38, 6)) as uncertainty_tco2e,
        count(*) as sources_count,
        count(*) filter (where is_default) as default_sources_count
    from {{ ref('uncertain_sources') }}
    group by regime, year, facility_id, scope
),

totals as (
    select
        regime,
        year,
        facility_id,
        -- a line that no rule places in a scope is not the total over all of them
        coalesce(nullif(scope, ''), 'none') as scope,
        sum(emissions_tco2e) as emissions_tco2e
    from {{ ref('fct_totals') }}
    group by regime, year, facility_id, scope
    union all
    select
        regime,
        year,
        facility_id,
        '' as scope,
        sum(emissions_tco2e) as emissions_tco2e
    from {{ ref('fct_totals') }}
    group by regime, year, facility_id
    union all
    select
        regime,
        year,
        '' as facility_id,
        '' as scope,
        sum(group_tco2e) as emissions_tco2e
    from {{ ref('fct_group_totals') }}
    group by regime, year
),

final as (
    select
        sizes.regime,
        sizes.year,
        sizes.facility_id,
        sizes.scope,
        cast(totals.emissions_tco2e as decimal(38, 6)) as emissions_tco2e,
        sizes.uncertainty_tco2e,
        case when totals.emissions_tco2e <> 0 then cast(
            round(cast(sizes.uncertainty_tco2e as double) / abs(cast(totals.emissions_tco2e as double)), 6) as decimal(18, 6)
        ) end as uncertainty_share,
        sizes.sources_count,
        sizes.default_sources_count
    from sizes
    inner join totals
        on
            sizes.regime = totals.regime
            and sizes.year = totals.year
            and sizes.facility_id = totals.facility_id
            and sizes.scope = totals.scope
)

select * from final
