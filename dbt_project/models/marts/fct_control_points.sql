-- Every point of every control chart (控制图打点).
with final as (
    select * from {{ ref('control_points') }}
)

select * from final
