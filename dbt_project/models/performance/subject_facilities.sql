-- Whose readings each subject is made of (绩效对象的设施): its own facility, or for the enterprise every one in the boundary.
with facilities as (
    select distinct facility_id
    from {{ source('plan', 'facilities') }}
    where is_in_boundary
),

final as (
    select subject_id, facility_id
    from {{ source('plan', 'subjects') }}
    where facility_id <> ''
    union all
    select subjects.subject_id, facilities.facility_id
    from {{ source('plan', 'subjects') }} as subjects
    cross join facilities
    where coalesce(subjects.facility_id, '') = ''
)

select * from final
