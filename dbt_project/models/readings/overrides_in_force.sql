-- Approved values in force (人工订正) in the plan's unit, per planned period: what stands in the place of what was
-- measured, which itself is kept. It judges no approval; decisions.standings does.
with approved as (
    select overrides.*
    from {{ ref('standings') }} as standings
    inner join {{ source('decisions', 'overrides') }} as overrides on standings.decision_id = overrides.decision_id
    where standings.state = 'in_force'
),

final as (
    select
        approved.decision_id as override_id,
        approved.parameter_id,
        approved.period_start,
        {{ convert('approved.value', 'ratios.numerator', 'ratios.denominator') }} as quantity
    from approved
    inner join {{ source('plan', 'parameters') }} as parameters
        on
            approved.parameter_id = parameters.parameter_id
            and {{ is_valid_on('approved.period_start', 'parameters') }}
    inner join {{ ref('unit_ratios') }} as ratios
        on
            approved.unit = ratios.from_unit
            and parameters.unit = ratios.to_unit
)

select * from final
