-- The regression that a subject's forecast is normalised by (归一化基准): monthly, effective, in force and acceptable; a
-- subject without one has no row.
with final as (
    select
        baselines.subject_id,
        max(baselines.baseline_key) as baseline_key
    from {{ ref('baselines') }} as baselines
    where
        baselines.baseline_kind = 'regression' and baselines.grain = 'month' and baselines.is_in_force
        and baselines.is_acceptable_regression
    group by baselines.subject_id
)

select * from final
