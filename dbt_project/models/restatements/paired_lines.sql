-- Each emission line as it was and as it is (前后对照): both figures, and whether either side has the line at all. Only months
-- that are compared; biogenic CO2 is no part of the inventory.
with sides as (
    select
        false as is_later,
        lines.*,
        figures.emissions_tco2e,
        figures.error_code as figure_error
    from {{ source('closed', 'reported_emission_lines') }} as lines
    inner join {{ source('closed', 'reported_emissions') }} as figures on lines.emission_id = figures.emission_id
    union all by name
    select
        true as is_later,
        lines.*,
        figures.emissions_tco2e,
        figures.error_code as figure_error
    from {{ ref('emission_lines') }} as lines
    inner join {{ ref('emissions') }} as figures on lines.emission_id = figures.emission_id
),

-- the company's part of each figure, rounded once
counted as (
    select
        sides.* exclude (emissions_tco2e),
        coalesce(shares.earlier_share, 1) as earlier_share,
        coalesce(shares.later_share, 1) as later_share,
        case
            when coalesce(case when sides.is_later then shares.later_share else shares.earlier_share end, 1) = 1
                then sides.emissions_tco2e
            else
                {{ exact_times([
                    'sides.emissions_tco2e', 'case when sides.is_later then shares.later_share else shares.earlier_share end'
                ]) }}
        end as emissions_tco2e
    from sides
    left join {{ ref('compared_shares') }} as shares
        on sides.facility_id = shares.facility_id and sides.month = shares.month
),

final as (
    select
        counted.emission_id,
        counted.regime,
        counted.facility_id,
        counted.stream_id,
        counted.month,
        counted.gas,
        max(counted.emissions_tco2e) filter (where not counted.is_later) as earlier_tco2e,
        max(counted.emissions_tco2e) filter (where counted.is_later) as later_tco2e,
        bool_or(not counted.is_later) as has_earlier_line,
        bool_or(counted.is_later) as has_later_line,
        any_value(counted.earlier_share) as earlier_share,
        any_value(counted.later_share) as later_share,
        max(counted.sign) filter (where not counted.is_later) as earlier_sign,
        max(counted.sign) filter (where counted.is_later) as later_sign,
        max(counted.unit) filter (where not counted.is_later) as earlier_unit,
        max(counted.unit) filter (where counted.is_later) as later_unit,
        max(counted.figure_error) as error_code,
        count(counted.emissions_tco2e) = 2 as is_on_both,
        least(any_value(months.as_of), any_value(builds.as_of)) as as_of,
        greatest(any_value(months.first_period), any_value(builds.first_period)) as first_period,
        coalesce(max(counted.emissions_tco2e) filter (where counted.is_later), 0)
        - coalesce(max(counted.emissions_tco2e) filter (where not counted.is_later), 0) as difference_tco2e
    from counted
    inner join {{ source('closed', 'reported_months') }} as months
        on
            counted.facility_id = months.facility_id
            and counted.month = months.month
            and counted.regime = months.regime
    cross join {{ source('settings', 'build') }} as builds
    where counted.scope <> 'biogenic'
    group by counted.emission_id, counted.regime, counted.facility_id, counted.stream_id, counted.month, counted.gas
)

select * from final
