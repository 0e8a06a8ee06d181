-- The day's mean temperature at each subject (日平均气温), by the weather stream that the plan names for it.
with final as (
    select
        subjects.subject_id,
        planned.period_start as local_date,
        cast(avg(planned.quantity) as decimal(18, 6)) as temperature_c
    from {{ source('plan', 'subjects') }} as subjects
    inner join {{ ref('planned') }} as planned
        on subjects.weather_stream_id = planned.stream_id
    where planned.kind = 'weather' and planned.frequency = 'day'
    group by subjects.subject_id, planned.period_start
)

select * from final
