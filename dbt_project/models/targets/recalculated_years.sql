-- Years against the recalculated base (年度对比), by both options of the Corporate Standard's appendix E: all-year takes the
-- unit in (or out) for the whole year of its change, same-year for the months after it. Never restated: what is too
-- small.
with changed as (
    select
        *,
        year(happened_on) as year_changed,
        case when is_recalculated then effect_tco2e else 0 end as base_effect_tco2e
    from {{ ref('structural_changes') }}
    -- a unit younger than the base leaves the base alone, and is restated in the years that it has
    where is_recalculated or treatment = 'not_in_base_year'
),

-- `outside_months`: months of the year in which the unit was not (or, of what leaves, still) part of the account
moved as (
    select
        years.base_key,
        years.year,
        changed.event_id,
        changed.year_changed,
        changed.months_after,
        changed.base_effect_tco2e,
        changed.year_changed = years.year as is_year_of_change,
        case
            when changed.year_changed > years.year then 12
            when changed.year_changed = years.year then 12 - changed.months_after
            else 0
        end as outside_months,
        case when year(changed.existed_since) > years.year then 0 else changed.direction * units.unit_tco2e end as unit_tco2e
    from {{ ref('reported_years') }} as years
    inner join (select * exclude (base_key), base_key as changed_key from changed) as changed
        on years.base_key = changed.changed_key
    left join {{ ref('transferred_years') }} as units
        on years.base_key = units.base_key and changed.event_id = units.event_id and years.year = units.year
),

summed as (
    select
        base_key,
        year,
        sum(case when year_changed <= year then base_effect_tco2e else 0 end) as all_year_effect,
        sum(case
            when year_changed < year then base_effect_tco2e
            when is_year_of_change then {{ exact_share('base_effect_tco2e', 'months_after', '12', 6) }}
            else 0
        end) as same_year_effect,
        sum(case when outside_months > 0 then {{ exact_share('unit_tco2e', 'outside_months', '12', 6) }} else 0 end)
            as outside_tco2e,
        sum(case
            when is_year_of_change and outside_months > 0 then {{ exact_share('unit_tco2e', 'outside_months', '12', 6) }}
            else 0
        end) as outside_in_year_tco2e,
        coalesce(bool_or(outside_months > 0 and unit_tco2e is null), false) as lacks_unit
    from moved
    group by base_key, year
),

final as (
    select
        years.base_key,
        years.year,
        years.base_tco2e,
        years.reported_tco2e,
        cast(years.base_tco2e + coalesce(summed.all_year_effect, 0) as decimal(38, 6)) as base_all_year_tco2e,
        cast(years.base_tco2e + coalesce(summed.same_year_effect, 0) as decimal(38, 6)) as base_same_year_tco2e,
        case
            when not coalesce(summed.lacks_unit, false)
                then cast(years.reported_tco2e + coalesce(summed.outside_in_year_tco2e, 0) as decimal(38, 6))
        end as all_year_tco2e,
        -- every year on the boundary of today
        case
            when not coalesce(summed.lacks_unit, false)
                then cast(years.reported_tco2e + coalesce(summed.outside_tco2e, 0) as decimal(38, 6))
        end as recalculated_tco2e
    from {{ ref('reported_years') }} as years
    left join summed on years.base_key = summed.base_key and years.year = summed.year
)

select * from final
