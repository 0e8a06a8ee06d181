-- Targets (碳排放目标): base, target value, path, owner, the measures behind each, and where it stands now.
with latest as (
    select
        target_id,
        max(cut_month) as cut_month
    from {{ ref('target_progress') }}
    group by target_id
),

behind as (
    select
        target_id,
        count(*) as measures,
        sum(ex_ante_tco2e) as ex_ante_tco2e
    from {{ source('plan', 'measures') }}
    where status <> 'cancelled'
    group by target_id
),

final as (
    select distinct
        years.target_id,
        years.name_zh,
        years.name_en,
        years.subject_id,
        subjects.name_zh as subject_zh,
        subjects.name_en as subject_en,
        subjects.regime,
        years.measure,
        years.baseline_id,
        years.baseline_version,
        years.base_year,
        years.base_value,
        cast(years.target_year as integer) as target_year,
        years.final_value as target_value,
        {{ exact_ratio(mantissa('(years.base_value - years.final_value)'), mantissa('years.base_value'), 6) }}
            as target_reduction,
        years.unit,
        years.path,
        years.owner_role,
        coalesce(owners.person, '') as owner,
        years.valid_from,
        years.valid_to,
        years.reason,
        years.approver,
        cast(coalesce(behind.measures, 0) as bigint) as measures,
        cast(behind.ex_ante_tco2e as decimal(38, 6)) as measures_ex_ante_tco2e,
        latest.cut_month as seen_month,
        coalesce(progress.status, 'no_data') as status
    from {{ ref('target_years') }} as years
    inner join {{ source('plan', 'subjects') }} as subjects on years.subject_id = subjects.subject_id
    left join {{ source('plan', 'roles') }} as owners on years.owner_role = owners.role_id
    left join behind on years.target_id = behind.target_id
    left join latest on years.target_id = latest.target_id
    left join {{ ref('target_progress') }} as progress
        on latest.target_id = progress.target_id and latest.cut_month = progress.cut_month
)

select * from final
