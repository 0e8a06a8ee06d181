-- Whose bases each declared event concerns (事件影响的绩效对象): the subjects it names; else the enterprise's, and where nothing is
-- transferred its facility's too.
with named as (
    select
        event_id,
        unnest(string_split_regex(trim(subject_ids), '\s+')) as subject_id
    from {{ source('plan', 'events') }}
    where trim(subject_ids) <> ''
),

final as (
    select named.event_id, named.subject_id
    from named
    inner join {{ source('plan', 'subjects') }} as subjects on named.subject_id = subjects.subject_id
    union
    select events.event_id, subjects.subject_id
    from {{ source('plan', 'events') }} as events
    cross join {{ source('plan', 'subjects') }} as subjects
    where coalesce(trim(events.subject_ids), '') = '' and subjects.subject_kind = 'enterprise'
    union
    select events.event_id, subjects.subject_id
    from {{ source('plan', 'events') }} as events
    inner join {{ source('rules', 'event_kinds') }} as kinds on events.event_kind = kinds.event_kind
    inner join {{ source('plan', 'subjects') }} as subjects on events.facility_id = subjects.facility_id
    where coalesce(trim(events.subject_ids), '') = '' and kinds.treatment = 'performance' and events.facility_id <> ''
)

select * from final
