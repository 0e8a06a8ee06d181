-- Changes on record without those that say the same thing again (去重后的变化): what enters with its facility on the same day,
-- and what a declared transfer in that month already stands for.
with facilities as (
    select distinct subject_id, facility_id, changed_on
    from {{ ref('changes') }}
    where kind = 'facility'
),

final as (
    select
        changes.*
    from {{ ref('changes') }} as changes
    left join facilities
        on
            changes.subject_id = facilities.subject_id
            and changes.facility_id = facilities.facility_id
            and changes.changed_on = facilities.changed_on
            and changes.kind in ('stream', 'parameter', 'meter')
    left join (
        select distinct
            touched.subject_id,
            events.facility_id,
            date_trunc('month', events.happened_on) as month
        from {{ source('plan', 'events') }} as events
        inner join {{ source('rules', 'event_kinds') }} as kinds on events.event_kind = kinds.event_kind
        inner join {{ ref('event_subjects') }} as touched on events.event_id = touched.event_id
        where kinds.treatment <> 'performance'
    ) as events
        on
            changes.subject_id = events.subject_id
            and changes.facility_id = events.facility_id
            and date_trunc('month', changes.changed_on) = events.month
    where facilities.subject_id is null and events.subject_id is null
)

select * from final
