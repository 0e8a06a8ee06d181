-- Closed periods (已关闭期间): what was reported of each, by regime, year and facility, what the same months come to now, and
-- the difference. Nothing here changes what was reported.
with restated as (
    select
        months.period_name,
        lines.regime,
        lines.facility_id,
        cast(year(lines.month) as integer) as year,
        cast(sum(coalesce(lines.later_tco2e, 0)) as decimal(38, 6)) as restated_tco2e
    from {{ ref('paired_lines') }} as lines
    inner join {{ source('closed', 'reported_months') }} as months
        on
            lines.regime = months.regime
            and lines.facility_id = months.facility_id
            and lines.month = months.month
    group by all
),

final as (
    select
        reported.period_name,
        reported.since,
        reported.until,
        reported.regime,
        reported.year,
        reported.facility_id,
        reported.status,
        reported.reported_tco2e,
        coalesce(restated.restated_tco2e, 0) as restated_tco2e,
        cast(coalesce(restated.restated_tco2e, 0) - reported.reported_tco2e as decimal(38, 6)) as difference_tco2e,
        reported.build_id as closed_build_id,
        reported.code_version,
        reported.as_of as closed_as_of,
        reported.closed_by
    from {{ source('closed', 'reported_periods') }} as reported
    left join restated
        on
            reported.period_name = restated.period_name
            and reported.regime = restated.regime
            and reported.facility_id = restated.facility_id
            and reported.year = restated.year
)

select * from final
