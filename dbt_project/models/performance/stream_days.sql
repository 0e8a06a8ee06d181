-- Activity by stream and day (日活动数据), of the parameters that are accounted: what meters read by day, and bills spread by day.
with final as (
    select
        parameters.stream_id,
        readings.period_start as local_date,
        cast(date_trunc('month', readings.period_start) as date) as month,
        sum(readings.quantity) as quantity,
        bool_and(readings.hours_missing = 0 and readings.quantity is not null) as is_complete,
        bool_or(readings.basis = 'apportioned') as is_apportioned
    from {{ ref('readings') }} as readings
    inner join {{ source('plan', 'parameters') }} as parameters
        on readings.parameter_id = parameters.parameter_id and {{ is_valid_on('readings.period_start', 'parameters') }}
    where
        parameters.role = 'account' and parameters.kind = 'activity_data'
        and readings.period_end = readings.period_start + 1 and not readings.is_event
    group by parameters.stream_id, readings.period_start
)

select * from final
