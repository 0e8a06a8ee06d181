-- The months of each subject (绩效对象月份): those in which its facility has anything to account by the plan.
with final as (
    select distinct
        subjects.subject_id,
        subjects.facility_id,
        cast(date_trunc('month', planned.period_start) as date) as month,
        cast(date_trunc('month', planned.period_start) + interval 1 month as date) as next_month,
        day(last_day(planned.period_start)) as days
    from {{ source('plan', 'subjects') }} as subjects
    inner join {{ ref('subject_facilities') }} as facilities on subjects.subject_id = facilities.subject_id
    inner join {{ ref('planned') }} as planned on facilities.facility_id = planned.facility_id
    where planned.role = 'account'
)

select * from final
