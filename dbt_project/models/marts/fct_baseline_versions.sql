-- The effective baselines over time (基准沿革): the plan's versions, and what approved adjustments made of them.
with final as (
    select
        versions.baseline_id,
        versions.version,
        versions.baseline_key,
        versions.subject_id,
        subjects.name_zh as subject_zh,
        subjects.name_en as subject_en,
        versions.measure,
        versions.baseline_kind,
        versions.first_year,
        versions.last_year,
        versions.value,
        cast(versions.plan_value as decimal(38, 12)) as plan_value,
        versions.adjusted_by,
        versions.unit,
        versions.decision_id,
        versions.approver,
        versions.valid_from,
        nullif(versions.ends_on, date '9999-12-31') as valid_to,
        versions.is_in_force
    from {{ ref('baseline_versions') }} as versions
    inner join {{ source('plan', 'subjects') }} as subjects on versions.subject_id = subjects.subject_id
)

select * from final
