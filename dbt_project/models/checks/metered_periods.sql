-- Was each meter in calibration while it was used, and fine enough (检定与准确度)? One row per metered period and meter; a
-- period without any meter in the plan is a row as well, and fails.
with devices as (
    select
        meter_id,
        max(try_cast(regexp_extract(accuracy_class, '[0-9]+([.][0-9]+)?') as decimal(38, 12))) as accuracy_class,
        max(commodity) as commodity
    from {{ source('plan', 'meters') }}
    group by meter_id
),

final as (
    select
        planned.planned_id || '|' || coalesce(meters.meter_id, '') as row_key,
        planned.planned_id,
        planned.facility_id,
        planned.stream_id,
        planned.period_start,
        meters.meter_id,
        meters.used_from,
        meters.used_to,
        stretches.covered_from,
        stretches.covered_to,
        devices.accuracy_class,
        classes.class_allowed
    from {{ ref('planned') }} as planned
    left join {{ ref('planned_meters') }} as meters on planned.planned_id = meters.planned_id
    left join {{ ref('meter_calibrations') }} as stretches
        on
            meters.meter_id = stretches.meter_id
            and meters.used_from >= stretches.covered_from
            and meters.used_from < stretches.next_from
    left join devices on meters.meter_id = devices.meter_id
    left join {{ source('rules', 'meter_classes') }} as classes on devices.commodity = classes.commodity
    where planned.record_type in ('load_profile', 'register_reading')
)

select * from final
