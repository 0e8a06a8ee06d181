-- What each metering point measured (计量点月量), by direction and month, as the plan's parameters have it: of several
-- parameters of a point the accounted one, then the monthly. In the parameter's unit; null unless whole.
with measured as (
    select
        parameters.source_key as point_id,
        replace(parameters.measure, 'active_', '') as direction,
        planned.*,
        cast(date_trunc('month', planned.period_start) as date) as month,
        row_number() over (
            partition by parameters.source_key, parameters.measure, planned.period_start
            order by (planned.role = 'account') desc, planned.frequency desc, planned.parameter_id asc
        ) as position
    from {{ ref('planned') }} as planned
    inner join {{ source('plan', 'parameters') }} as parameters
        on planned.parameter_id = parameters.parameter_id and {{ is_valid_on('planned.period_start', 'parameters') }}
    where parameters.record_type in ('load_profile', 'register_reading')
),

final as (
    select
        point_id,
        direction,
        month,
        unit,
        min(planned_id) as planned_id,
        min(facility_id) as facility_id,
        min(stream_id) as stream_id,
        case when count(quantity) = count(*) then sum(quantity) end as quantity
    from measured
    where position = 1
    group by point_id, direction, month, unit
)

select * from final
