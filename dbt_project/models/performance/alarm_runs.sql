-- Alarms as runs (预警段): neighbouring points of a chart that alarm on the same side are one alarm, from the point where its
-- pattern began.
with placed as (
    select
        *,
        row_number() over (partition by warning_id order by period_start) as position,
        row_number() over (partition by warning_id, is_alarm, direction order by period_start) as position_among,
        max(period_start) over (partition by warning_id) as last_point
    from {{ ref('control_points') }}
),

final as (
    select
        warning_id || '@' || strftime(min(period_start), '%Y-%m-%d') as alarm_id,
        warning_id,
        any_value(subject_id) as subject_id,
        any_value(facility_id) as facility_id,
        direction,
        min(began_on) as began_on,
        min(period_start) as first_alarm_on,
        max(period_start) as last_alarm_on,
        count(*) as points,
        max(period_start) = any_value(last_point) as is_open,
        array_to_string(list_sort(list_distinct(flatten(list(string_split(rules, ' '))))), ' ') as rules,
        case when direction = 'down' then min(value) else max(value) end as extreme_value
    from placed
    where is_alarm
    group by warning_id, direction, position - position_among
)

select * from final
