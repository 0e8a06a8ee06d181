-- Performance by subject and month (月度绩效): restated and accounted emissions, production, intensity, and what the effective
-- regression expects.
with expected as (
    select periods.*
    from {{ ref('expected_periods') }} as periods
    inner join {{ ref('baselines') }} as baselines on periods.baseline_key = baselines.baseline_key
    where periods.grain = 'month' and baselines.is_in_force
),

-- a subject without a product of its own (the group) is whole without production
months as (
    select
        monthly.*,
        subjects.name_zh as subject_zh,
        subjects.name_en as subject_en,
        subjects.regime,
        subjects.heating_base_c,
        subjects.cooling_base_c,
        not monthly.has_production and coalesce(subjects.product_stream_id, '') != '' as lacks_production
    from {{ ref('monthly_performance') }} as monthly
    inner join {{ source('plan', 'subjects') }} as subjects on monthly.subject_id = subjects.subject_id
),

final as (
    select
        months.subject_id,
        months.subject_zh,
        months.subject_en,
        months.facility_id,
        months.regime,
        months.month,
        months.days,
        cast(months.emissions_tco2e as decimal(38, 6)) as emissions_tco2e,
        cast(months.accounted_tco2e as decimal(38, 6)) as accounted_tco2e,
        cast(months.restatement_tco2e as decimal(38, 6)) as restatement_tco2e,
        months.energy_tce,
        months.production,
        months.intensity,
        months.accounted_intensity,
        heating.degree_days as heating_degree_days,
        cooling.degree_days as cooling_degree_days,
        expected.expected_tco2e,
        expected.expected_low_tco2e,
        expected.expected_high_tco2e,
        if(months.is_complete and not months.lacks_production, 'complete', 'incomplete') as status,
        months.has_apportioned,
        months.has_substituted,
        concat_ws('；', nullif(months.reason_zh, ''), case when months.lacks_production then '没有完整的产量' end) as reason_zh,
        concat_ws('; ', nullif(months.reason_en, ''), case when months.lacks_production then 'no whole production' end)
            as reason_en
    from months
    left join expected on months.subject_id = expected.subject_id and months.month = expected.period_start
    left join {{ ref('degree_days') }} as heating
        on
            months.subject_id = heating.subject_id
            and months.month = heating.period_start
            and months.heating_base_c = heating.base_c
            and heating.grain = 'month' and heating.variable = 'heating_degree_days'
    left join {{ ref('degree_days') }} as cooling
        on
            months.subject_id = cooling.subject_id
            and months.month = cooling.period_start
            and months.cooling_base_c = cooling.base_c
            and cooling.grain = 'month' and cooling.variable = 'cooling_degree_days'
)

select * from final
