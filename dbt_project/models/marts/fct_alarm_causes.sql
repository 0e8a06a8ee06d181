-- Everything on record that may have caused an alarm (预警可能原因), the likeliest first.
with final as (
    select * from {{ ref('alarm_causes') }}
)

select * from final
