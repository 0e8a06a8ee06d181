-- The path of each target (目标路径), year by year, from the base in force: linear from the base's last year to the
-- target's, or as the plan states it. A year without a stated value has none.
with based as (
    select
        targets.*,
        versions.baseline_key,
        versions.subject_id,
        versions.measure,
        versions.version as baseline_version,
        versions.value as base_value,
        versions.last_year as base_year,
        versions.unit,
        cast(coalesce(
            targets.target_value,
            {{ reduced_by('versions.value', 'targets.target_reduction') }}
        ) as decimal(38, 12)) as final_value
    from {{ source('plan', 'targets') }} as targets
    inner join {{ ref('target_bases') }} as versions on targets.baseline_id = versions.baseline_id
),

years as (
    select
        *,
        cast(unnest(generate_series(base_year + 1, target_year)) as integer) as year
    from based
),

final as (
    select
        years.* exclude (target_value, target_reduction),
        years.year - years.base_year as years_gone,
        years.target_year - years.base_year as years_asked,
        cast(case
            when years.path = 'linear' then {{ exact_ratio(
                mantissa('years.base_value') ~ ' * (years.target_year - years.year) + '
                ~ mantissa('years.final_value') ~ ' * (years.year - years.base_year)',
                '(years.target_year - years.base_year) * 1000000000000', 9
            ) }}
            when steps.target_value is not null then steps.target_value
            when steps.target_reduction is not null
                then {{ reduced_by('years.base_value', 'steps.target_reduction') }}
            when years.year = years.target_year then years.final_value
        end as decimal(38, 12)) as path_value
    from years
    left join {{ source('plan', 'target_steps') }} as steps
        on years.target_id = steps.target_id and years.year = steps.year
)

select * from final
