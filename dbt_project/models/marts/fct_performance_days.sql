-- Performance by subject and day (日绩效), of the streams that are read by day.
with final as (
    select * from {{ ref('daily_performance') }}
)

select * from final
