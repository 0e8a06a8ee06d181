-- The path of each target (目标路径), year by year.
with final as (
    select
        target_id,
        year,
        path_value,
        base_value,
        unit
    from {{ ref('target_years') }}
)

select * from final
