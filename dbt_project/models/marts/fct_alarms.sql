-- Early warnings (数据预警) with their likely cause among (a) to (d) and its evidence.
with final as (
    select * from {{ ref('alarms') }}
)

select * from final
