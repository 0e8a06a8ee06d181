-- The meters (表计) behind each metered period: in calibration over all their days in it, and rated for how much.
with metered as (
    select
        due.planned_id,
        parameters.unit as plan_unit,
        meters.meter_id,
        meters.unit as meter_unit,
        meters.rated_per_hour,
        greatest(due.period_start, meters.valid_from) as used_from,
        least(due.period_end, coalesce(meters.valid_to, date '9999-12-31')) as used_to
    from {{ ref('planned_periods') }} as due
    inner join {{ source('plan', 'parameters') }} as parameters
        on
            due.parameter_id = parameters.parameter_id
            and due.parameter_from = parameters.valid_from
            and parameters.record_type in ('load_profile', 'register_reading')
    inner join {{ source('plan', 'meters') }} as meters
        on
            parameters.source_key = meters.point_id
            and parameters.measure = coalesce(nullif(meters.channel, ''), parameters.measure)
            and due.period_end > meters.valid_from
            and due.period_start < coalesce(meters.valid_to, date '9999-12-31')
),

final as (
    select
        metered.planned_id,
        metered.meter_id,
        metered.used_from,
        metered.used_to,
        coalesce(stretches.covered_to >= metered.used_to, false) as is_calibrated,
        stretches.covered_to as calibration_due_on,
        {{ convert('metered.rated_per_hour', 'ratios.numerator', 'ratios.denominator') }} as rated_per_hour
    from metered
    left join {{ ref('unit_ratios') }} as ratios
        on
            metered.meter_unit = ratios.from_unit
            and metered.plan_unit = ratios.to_unit
    left join {{ ref('meter_calibrations') }} as stretches
        on
            metered.meter_id = stretches.meter_id
            and metered.used_from >= stretches.covered_from
            and metered.used_from < stretches.next_from
)

select * from final
