-- What was due and what came: parameter × period (计划×日历), the table the entry door judges. Absence is a row.
-- `quantity` is there only when the period is whole; a gap is filled later, in admitted, by the plan's rule.
with came as (
    select
        due.*,
        sums.measured_quantity,
        coalesce(sums.readings_count, 0) as readings_count,
        due.calendar_hours + coalesce(sums.hours_beyond_24, 0) as hours_expected,
        case
            when sums.readings_count is null then due.calendar_hours
            when not sums.is_event
                then greatest(due.calendar_hours + sums.hours_beyond_24 - sums.hours_covered, 0)
            when sums.known_count = sums.readings_count then 0
            else due.calendar_hours
        end as hours_missing,
        case
            when coalesce(sums.known_count, 0) = 0 then 'missing'
            when sums.is_apportioned then 'apportioned'
            else 'measured'
        end as basis,
        coalesce(sums.known_count = sums.readings_count, false) as is_all_known
    from {{ ref('planned_periods') }} as due
    left join {{ ref('period_sums') }} as sums
        on due.parameter_id = sums.parameter_id
        and due.parameter_from = sums.parameter_from
        and due.bucket = sums.bucket
),

whole as (
    select
        *,
        case when hours_missing = 0 and is_all_known then measured_quantity end as quantity
    from came
),

calibrated as (
    select
        planned_id,
        bool_and(is_calibrated) as is_calibrated,
        min(calibration_due_on) as calibration_due_on,
        max(rated_per_hour) as rated_per_hour
    from {{ ref('planned_meters') }}
    group by planned_id
),

-- The other source over the same days, in this parameter's unit; only when it is whole itself.
cross_checks as (
    select
        whole.planned_id,
        {{ convert('sum(others.quantity)', 'max(ratios.numerator)', 'max(ratios.denominator)') }} as quantity
    from whole
    inner join whole as others
        on whole.cross_check_parameter_id = others.parameter_id
        and date_trunc('month', whole.period_start) = date_trunc('month', others.period_start)
        and whole.period_start <= others.period_start
        and whole.period_end >= others.period_end
    inner join {{ ref('unit_ratios') }} as ratios
        on others.unit = ratios.from_unit
        and whole.unit = ratios.to_unit
    group by whole.planned_id, whole.period_start, whole.period_end
    having count(others.quantity) = count(*)
        and sum({{ days_between('others.period_start', 'others.period_end') }})
        = {{ days_between('whole.period_start', 'whole.period_end') }}
),

versions as (
    select
        days.local_date,
        max(versions.version) as plan_version
    from {{ ref('calendar_days') }} as days
    inner join {{ source('plan', 'versions') }} as versions
        on days.local_date >= coalesce(versions.valid_from, date '0001-01-01')
        and days.local_date < coalesce(versions.valid_to, date '9999-12-31')
    group by days.local_date
),

final as (
    select
        whole.planned_id,
        whole.parameter_id,
        whole.stream_id,
        whole.facility_id,
        whole.stream_type,
        whole.kind,
        whole.role,
        whole.record_type,
        whole.aggregation,
        whole.frequency,
        whole.period_start,
        whole.period_end,
        whole.unit,
        whole.quantity,
        whole.measured_quantity,
        whole.hours_expected,
        whole.hours_missing,
        whole.readings_count,
        whole.basis,
        whole.plan_min,
        whole.plan_max,
        case when whole.record_type in ('load_profile', 'register_reading')
            then coalesce(calibrated.is_calibrated, false)
        end as is_calibrated,
        calibrated.calibration_due_on,
        calibrated.rated_per_hour,
        cross_checks.quantity as cross_check_quantity,
        case
            when cross_checks.quantity = 0 then case when whole.quantity = 0 then 0 when whole.quantity <> 0 then 1 end
            else {{ exact_ratio(
                mantissa('abs(whole.quantity - cross_checks.quantity)'), mantissa('abs(cross_checks.quantity)')
            ) }}
        end as cross_check_gap,
        whole.cross_check_tolerance,
        whole.missing_rule,
        versions.plan_version
    from whole
    left join calibrated on whole.planned_id = calibrated.planned_id
    left join cross_checks on whole.planned_id = cross_checks.planned_id
    left join versions on whole.period_start = versions.local_date
)

select * from final
