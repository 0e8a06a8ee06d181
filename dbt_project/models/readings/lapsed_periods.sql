-- Periods read by a meter out of calibration for which the plan names a rule (超检定期的周期): one row per stretch of lapsed days,
-- with the meter's error. A meter that was never tested has no due date, and no rule answers for it.
with ruled as (
    select
        planned.planned_id,
        planned.parameter_id,
        planned.stream_type,
        planned.period_start,
        planned.period_end,
        rules.rule_id,
        rules.answers_control,
        coalesce(rules.regime, '') as regime
    from {{ ref('planned') }} as planned
    inner join {{ source('plan', 'parameters') }} as parameters
        on planned.parameter_id = parameters.parameter_id and {{ is_valid_on('planned.period_start', 'parameters') }}
    inner join {{ source('rules', 'missing_data_rules') }} as rules
        on parameters.calibration_rule = rules.rule_id and rules.algorithm = 'permissible_error'
    where
        planned.role = 'account' and not planned.is_calibrated and planned.aggregation = 'sum'
        and (planned.quantity is not null or planned.hours_missing < planned.hours_expected)
),

final as (
    select
        ruled.*,
        lapses.error,
        greatest(meters.used_from, lapses.lapsed_from) as lapsed_from,
        least(meters.used_to, lapses.lapsed_to) as lapsed_to,
        meters.calibration_due_on is not null and lapses.error is not null as is_known
    from ruled
    inner join {{ ref('planned_meters') }} as meters on ruled.planned_id = meters.planned_id
    left join {{ ref('calibration_lapses') }} as lapses
        on
            meters.meter_id = lapses.meter_id
            and meters.used_from < lapses.lapsed_to
            and meters.used_to > lapses.lapsed_from
    where not meters.is_calibrated
)

select * from final
