-- Controls of the plan (质量控制项): clause, door, severity, who enforces it and what is done when it fails;
-- of a control with several dated rows the newest.
with final as (
    select
        control_id,
        name_zh,
        name_en,
        clause,
        door,
        severity,
        enforced_by,
        tolerance,
        treatment_zh,
        treatment_en,
        owner_role,
        message_zh,
        message_en
    from {{ source('plan', 'controls') }}
    qualify row_number() over (partition by control_id order by valid_from desc nulls last) = 1
)

select * from final
