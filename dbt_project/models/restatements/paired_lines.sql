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

final as (
    select
        sides.emission_id,
        sides.regime,
        sides.facility_id,
        sides.stream_id,
        sides.month,
        sides.gas,
        max(sides.emissions_tco2e) filter (where not sides.is_later) as earlier_tco2e,
        max(sides.emissions_tco2e) filter (where sides.is_later) as later_tco2e,
        bool_or(not sides.is_later) as has_earlier_line,
        bool_or(sides.is_later) as has_later_line,
        max(sides.sign) filter (where not sides.is_later) as earlier_sign,
        max(sides.sign) filter (where sides.is_later) as later_sign,
        max(sides.unit) filter (where not sides.is_later) as earlier_unit,
        max(sides.unit) filter (where sides.is_later) as later_unit,
        max(sides.figure_error) as error_code,
        count(sides.emissions_tco2e) = 2 as is_on_both,
        least(any_value(months.as_of), any_value(builds.as_of)) as as_of,
        greatest(any_value(months.first_period), any_value(builds.first_period)) as first_period,
        coalesce(max(sides.emissions_tco2e) filter (where sides.is_later), 0)
        - coalesce(max(sides.emissions_tco2e) filter (where not sides.is_later), 0) as difference_tco2e
    from sides
    inner join {{ source('closed', 'reported_months') }} as months
        on
            sides.facility_id = months.facility_id
            and sides.month = months.month
            and sides.regime = months.regime
    cross join {{ source('settings', 'build') }} as builds
    where sides.scope <> 'biogenic'
    group by sides.emission_id, sides.regime, sides.facility_id, sides.stream_id, sides.month, sides.gas
)

select * from final
