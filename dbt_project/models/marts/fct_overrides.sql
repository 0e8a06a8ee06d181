-- Every override ever proposed (人工订正): the value beside what was received, which is never overwritten, and whether it
-- stands in the account. A pending, expired, rejected or replaced one changes nothing.
with final as (
    select
        standings.decision_id as override_id,
        streams.facility_id,
        parameters.stream_id,
        overrides.parameter_id,
        overrides.period_start,
        planned.period_end,
        planned.measured_quantity,
        planned.basis_received,
        cast(planned.hours_not_received as decimal(18, 6)) as hours_not_received,
        overrides.value,
        overrides.unit,
        case when planned.override_id = standings.decision_id then planned.quantity end as quantity,
        parameters.unit as plan_unit,
        case when planned.override_id = standings.decision_id then planned.quantity - planned.measured_quantity end
            as difference,
        standings.state,
        coalesce(planned.override_id = standings.decision_id, false) as is_effective,
        standings.reason,
        standings.expires_on,
        standings.person as made_by,
        standings.os_user as made_by_os_user,
        standings.recorded_at as made_at,
        coalesce(standings.approved_by, '') as approved_by,
        coalesce(standings.approved_os_user, '') as approved_by_os_user,
        standings.approved_at,
        coalesce(standings.rejected_by, '') as rejected_by,
        coalesce(standings.rejected_reason, '') as rejected_reason
    from {{ ref('standings') }} as standings
    inner join {{ source('decisions', 'overrides') }} as overrides on standings.decision_id = overrides.decision_id
    left join {{ ref('planned_quantities') }} as planned
        on
            overrides.parameter_id = planned.parameter_id
            and overrides.period_start = planned.period_start
    left join {{ source('plan', 'parameters') }} as parameters
        on
            planned.parameter_id = parameters.parameter_id
            and planned.parameter_from = parameters.valid_from
    left join {{ source('plan', 'streams') }} as streams
        on
            parameters.stream_id = streams.stream_id
            and {{ is_valid_on('overrides.period_start', 'streams') }}
)

select * from final
