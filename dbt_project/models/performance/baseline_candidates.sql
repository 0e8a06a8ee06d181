-- Every candidate of a baseline (基准候选) on restated data: previous year, typical year, historic mean (intensity ΣE/ΣP, total
-- the mean of the years), benchmark. A regression's is its mean year; a candidate whose years are not there has no value.
with spanned as (
    select
        planned.baseline_key,
        any_value(planned.last_year - planned.first_year + 1) as years_asked,
        count(years.year) as years_found,
        sum(years.emissions_tco2e) filter (where years.months_known = 12) as emissions_tco2e,
        sum(years.accounted_tco2e) filter (where years.months_known = 12) as accounted_tco2e,
        sum(years.production) filter (where years.months_known = 12) as production,
        coalesce(bool_and(years.months_known = 12), false) as has_every_month,
        coalesce(bool_and(years.months_with_production = 12), false) as has_production,
        coalesce(bool_and(years.months_complete = 12), false) as is_complete,
        coalesce(sum(years.months_verified), 0) as months_verified,
        string_agg(years.reason_zh, '；' order by years.year) as reason_zh,
        string_agg(years.reason_en, '; ' order by years.year) as reason_en
    from {{ ref('planned_baselines') }} as planned
    left join {{ ref('baseline_years') }} as years
        on
            planned.subject_id = years.subject_id
            and planned.first_year <= years.year
            and planned.last_year >= years.year
    group by planned.baseline_key
),

valued as (
    select
        planned.*,
        spanned.* exclude (baseline_key),
        case
            when planned.baseline_kind = 'benchmark' then planned.benchmark_value
            when spanned.years_found < spanned.years_asked or not spanned.has_every_month then null
            when planned.measure = 'total' then {{ mean_year_of('spanned.emissions_tco2e') }}
            when spanned.has_production then {{ intensity_of('spanned.emissions_tco2e', 'spanned.production') }}
        end as value,
        case
            when spanned.years_found < spanned.years_asked or not spanned.has_every_month then null
            when planned.measure = 'total' then {{ mean_year_of('spanned.accounted_tco2e') }}
            when spanned.has_production then {{ intensity_of('spanned.accounted_tco2e', 'spanned.production') }}
        end as accounted_value
    from {{ ref('planned_baselines') }} as planned
    inner join spanned on planned.baseline_key = spanned.baseline_key
),

final as (
    select
        * exclude (reason, reason_zh, reason_en),
        reason as approved_reason,
        case
            when baseline_kind = 'benchmark' then 'complete'
            when value is null then 'missing'
            when is_complete then 'complete'
            else 'incomplete'
        end as status,
        case
            when baseline_kind = 'benchmark' then 'external'
            when months_verified = 12 * years_asked then 'verified'
            when months_verified > 0 then 'partly_verified'
            else 'not_verified'
        end as verification_status,
        case
            when baseline_kind = 'benchmark' or is_complete and value is not null then ''
            when value is null then '所用年份的数据不全'
            else coalesce(reason_zh, '')
        end as reason_zh,
        case
            when baseline_kind = 'benchmark' or is_complete and value is not null then ''
            when value is null then 'its years are not whole'
            else coalesce(reason_en, '')
        end as reason_en
    from valued
)

select * from final
