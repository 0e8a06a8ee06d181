-- Performance by subject and month (月度绩效): emissions under one edition of factors beside what was accounted, energy,
-- production and intensity. A month that lacks anything says what, and has no intensity.
with emitted as (
    select
        subject_id,
        month,
        sum(emissions_tco2e) as emissions_tco2e,
        sum(accounted_tco2e) as accounted_tco2e,
        count(*) = count(emissions_tco2e) and bool_and(is_complete) as is_complete,
        max(coalesce(apportioned_quantity, 0) > 0) as has_apportioned,
        max(coalesce(substituted_quantity, 0) > 0) as has_substituted,
        string_agg(distinct nullif(incomplete_reason_zh, ''), '；' order by nullif(incomplete_reason_zh, '')) as reason_zh,
        string_agg(distinct nullif(incomplete_reason_en, ''), '; ' order by nullif(incomplete_reason_en, '')) as reason_en,
        string_agg(distinct nullif(error_code, ''), ', ' order by nullif(error_code, '')) as errors
    from {{ ref('restated_lines') }}
    group by subject_id, month
),

energy as (
    select
        lines.subject_id,
        lines.month,
        sum(months.energy_tce) as energy_tce
    from (select distinct subject_id, stream_id, month from {{ ref('subject_lines') }}) as lines
    inner join {{ ref('energy_months') }} as months
        on lines.stream_id = months.stream_id and lines.month = months.month
    group by lines.subject_id, lines.month
),

final as (
    select
        months.subject_id,
        months.facility_id,
        months.month,
        months.next_month,
        months.days,
        emitted.emissions_tco2e,
        emitted.accounted_tco2e,
        emitted.emissions_tco2e - emitted.accounted_tco2e as restatement_tco2e,
        cast(energy.energy_tce as decimal(38, 6)) as energy_tce,
        production.production,
        coalesce(emitted.is_complete, false) as is_complete,
        coalesce(production.is_complete, false) and production.production > 0 as has_production,
        {{ intensity_of('emitted.emissions_tco2e', 'production.production', 'emitted.is_complete and production.is_complete') }}
            as intensity,
        {{ intensity_of('emitted.accounted_tco2e', 'production.production', 'emitted.is_complete and production.is_complete') }}
            as accounted_intensity,
        coalesce(emitted.has_apportioned, false) as has_apportioned,
        coalesce(emitted.has_substituted, false) as has_substituted,
        case
            when emitted.subject_id is null then '当月没有核算行'
            else concat_ws('；', emitted.reason_zh, emitted.errors)
        end as reason_zh,
        case
            when emitted.subject_id is null then 'nothing is accounted in the month'
            else concat_ws('; ', emitted.reason_en, emitted.errors)
        end as reason_en
    from {{ ref('subject_months') }} as months
    left join emitted on months.subject_id = emitted.subject_id and months.month = emitted.month
    left join energy on months.subject_id = energy.subject_id and months.month = energy.month
    left join {{ ref('production_months') }} as production
        on months.subject_id = production.subject_id and months.month = production.month
)

select * from final
