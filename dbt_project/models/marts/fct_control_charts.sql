-- Each control chart of the plan (控制图): parameters, limits, and its false alarms as an average run length.
with final as (
    select * from {{ ref('control_charts') }}
)

select * from final
