-- Parameters of the plan (监测参数): how each figure is obtained, by whom, and what happens when it is missing; where
-- the plan has several versions of one, the newest.
with final as (
    select
        parameter_id,
        stream_id,
        name_zh,
        name_en,
        kind,
        record_type,
        source_key,
        measure,
        unit,
        role,
        frequency,
        plan_min,
        plan_max,
        missing_rule,
        cross_check_parameter_id,
        cross_check_tolerance,
        uncertainty,
        responsible_department,
        review_department,
        valid_from,
        valid_to
    from {{ source('plan', 'parameters') }}
    qualify row_number() over (partition by parameter_id order by valid_from desc) = 1
)

select * from final
