-- The whole months in which each measure worked (措施生效期), up to the date of account, and the baseline that normalises them.
with final as (
    select
        measures.measure_id,
        baselines.baseline_key,
        baselines.subject_id,
        cast(date_trunc('month', measures.started_on + interval 1 month - interval 1 day) as date) as first_month,
        cast(date_trunc('month', coalesce(measures.ended_on, build.as_of)) as date) as end_month
    from {{ source('plan', 'measures') }} as measures
    cross join {{ source('settings', 'build') }} as build
    inner join {{ ref('planned_baselines') }} as baselines
        on measures.baseline_id = baselines.baseline_id
    where
        measures.status in ('running', 'done') and baselines.grain = 'month'
        and build.as_of >= baselines.valid_from and build.as_of < baselines.ends_on
)

select * from final
