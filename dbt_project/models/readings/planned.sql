-- What was due and what came: parameter × period (计划×日历), the table the entry door judges. Absence is a row.
-- `quantity` is there only when the period is whole; a gap is filled later, in admitted, by the plan's rule.
with meters as (
    select
        planned_id,
        bool_and(is_calibrated) as is_calibrated,
        min(calibration_due_on) as calibration_due_on,
        max(rated_per_hour) as rated_per_hour
    from {{ ref('planned_meters') }}
    group by planned_id
),

versions as (
    select
        days.local_date,
        max(versions.version) as plan_version
    from {{ ref('calendar_days') }} as days
    inner join {{ source('plan', 'versions') }} as versions on {{ is_valid_on('days.local_date', 'versions') }}
    group by days.local_date
),

final as (
    select
        planned.planned_id,
        planned.parameter_id,
        parameters.stream_id,
        streams.facility_id,
        streams.stream_type,
        parameters.kind,
        parameters.role,
        parameters.record_type,
        {{ aggregation_of('parameters', 'kinds') }} as aggregation,
        parameters.frequency,
        planned.period_start,
        planned.period_end,
        parameters.unit,
        planned.quantity,
        planned.measured_quantity,
        planned.hours_expected,
        planned.hours_missing,
        planned.readings_count,
        planned.basis,
        parameters.plan_min,
        parameters.plan_max,
        case
            when parameters.record_type in ('load_profile', 'register_reading')
                then coalesce(meters.is_calibrated, false)
        end as is_calibrated,
        meters.calibration_due_on,
        meters.rated_per_hour,
        cross_checks.cross_check_quantity,
        cross_checks.cross_check_gap,
        parameters.cross_check_tolerance,
        parameters.missing_rule,
        versions.plan_version
    from {{ ref('planned_quantities') }} as planned
    inner join {{ source('plan', 'parameters') }} as parameters
        on planned.parameter_id = parameters.parameter_id and planned.parameter_from = parameters.valid_from
    inner join {{ source('plan', 'streams') }} as streams
        on
            parameters.stream_id = streams.stream_id
            and {{ is_valid_on('planned.period_start', 'streams') }}
    left join {{ source('rules', 'parameter_kinds') }} as kinds on parameters.kind = kinds.kind
    left join meters on planned.planned_id = meters.planned_id
    left join {{ ref('cross_checks') }} as cross_checks on planned.planned_id = cross_checks.planned_id
    left join versions on planned.period_start = versions.local_date
)

select * from final
