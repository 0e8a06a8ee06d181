-- Each subject's years (年度绩效) under one edition of factors: totals, production, intensity as the ratio of the sums, and
-- how many of their months people have verified.
with judged as (
    select
        months.*,
        coalesce(positions.state, 'open') = 'verified' as is_verified
    from {{ ref('monthly_performance') }} as months
    left join {{ ref('period_positions') }} as positions
        on months.facility_id = positions.facility_id and months.month = positions.month
),

final as (
    select
        subject_id,
        facility_id,
        cast(year(month) as integer) as year,
        count(*) as months,
        count(emissions_tco2e) as months_known,
        count(case when is_complete then 1 end) as months_complete,
        count(case when has_production then 1 end) as months_with_production,
        count(case when is_verified then 1 end) as months_verified,
        cast(sum(emissions_tco2e) as decimal(38, 6)) as emissions_tco2e,
        cast(sum(accounted_tco2e) as decimal(38, 6)) as accounted_tco2e,
        cast(sum(energy_tce) as decimal(38, 6)) as energy_tce,
        cast(sum(production) as decimal(38, 12)) as production,
        {{ intensity_of('sum(emissions_tco2e)', 'sum(production)', 'count(emissions_tco2e) = 12 and count(production) = 12') }}
            as intensity,
        {{ intensity_of('sum(accounted_tco2e)', 'sum(production)', 'count(accounted_tco2e) = 12 and count(production) = 12') }}
            as accounted_intensity,
        string_agg(nullif(reason_zh, ''), '；' order by month) filter (where not is_complete) as reason_zh,
        string_agg(nullif(reason_en, ''), '; ' order by month) filter (where not is_complete) as reason_en
    from judged
    group by subject_id, facility_id, year(month)
)

select * from final
