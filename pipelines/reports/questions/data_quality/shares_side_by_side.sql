-- Activity data and tonnes side by side (two reports show it): on what each rests, by regime, year and facility. Of activity
-- data every month of a parameter counts as one; of tonnes every line counts with its size, exports too: what was subtracted
-- must be as well founded as what was added. A line whose product holds a default is told apart.
with parameters as (
    select distinct on (parameter_id)
        parameter_id,
        acquisition = 'default' as is_default
    from plan.parameters
    order by parameter_id asc, valid_from desc
),

months as (
    select
        year(data.month) as year,
        data.facility_id,
        data.quantity is null as is_missing,
        coalesce(parameters.is_default, false) as is_default,
        case when data.quantity = 0 then 1 else data.measured_share end::decimal(9, 6) as measured_share,
        coalesce(data.overridden_share, 0)::decimal(9, 6) as overridden_share,
        coalesce(data.apportioned_share, 0)::decimal(9, 6) as apportioned_share,
        coalesce(data.substituted_share, 0)::decimal(9, 6) as substituted_share
    from marts.fct_activity_data as data
    left join parameters on data.parameter_id = parameters.parameter_id
    where data.kind = 'activity_data'
),

activity as (
    select
        year,
        facility_id,
        grouping(facility_id) = 1 as is_total,
        count(*) as months,
        sum(case when not is_missing and not is_default then measured_share else 0 end) as months_measured,
        sum(case when not is_missing then overridden_share else 0 end) as months_overridden,
        sum(case when not is_missing then apportioned_share else 0 end) as months_apportioned,
        sum(case when not is_missing then substituted_share else 0 end) as months_substituted,
        sum(case when not is_missing and is_default then measured_share else 0 end) as months_default,
        count(*) filter (where is_missing) as months_missing
    from months
    group by grouping sets ((year, facility_id), (year))
),

defaults as (
    select distinct emission_id
    from marts.fct_defaults
    where factor_id <> ''
),

sizes as (
    select
        lines.regime,
        lines.year,
        lines.facility_id,
        abs(lines.emissions_tco2e)::decimal(26, 6) as size_tco2e,
        lines.measured_share::decimal(9, 6) as measured_share,
        lines.overridden_share::decimal(9, 6) as overridden_share,
        lines.apportioned_share::decimal(9, 6) as apportioned_share,
        lines.substituted_share::decimal(9, 6) as substituted_share,
        lines.emissions_tco2e is null as is_unknown,
        defaults.emission_id is not null as is_default
    from marts.fct_inventory as lines
    left join defaults on lines.emission_id = defaults.emission_id
),

tonnes as (
    select
        regime,
        year,
        facility_id,
        grouping(facility_id) = 1 as is_total,
        sum(size_tco2e) as size_tco2e,
        sum(size_tco2e * measured_share) as measured_tco2e,
        sum(size_tco2e * overridden_share) as overridden_tco2e,
        sum(size_tco2e * apportioned_share) as apportioned_tco2e,
        sum(size_tco2e * substituted_share) as substituted_tco2e,
        sum(size_tco2e) filter (where is_default) as default_tco2e,
        count(*) filter (where is_unknown) as unknown_lines
    from sizes
    group by grouping sets ((regime, year, facility_id), (regime, year))
)

select
    tonnes.*,
    activity.* exclude (year, facility_id, is_total),
    regimes.name_zh as regime_zh,
    regimes.name_en as regime_en,
    facilities.name_zh,
    facilities.name_en
from tonnes
left join activity
    on tonnes.year = activity.year and tonnes.facility_id is not distinct from activity.facility_id
left join marts.dim_regimes as regimes on tonnes.regime = regimes.regime
left join marts.dim_facilities as facilities on tonnes.facility_id = facilities.facility_id
order by tonnes.regime asc, tonnes.year desc, tonnes.is_total asc, tonnes.facility_id asc
