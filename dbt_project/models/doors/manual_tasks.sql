-- What people did for each manual control, facility and month (人工控制执行情况). A month is answered by the first task
-- that is due on or after its last day; a task without a facility stands for all. Nothing is judged but dates and outcome.
with months as (
    select distinct
        facility_id,
        cast(date_trunc('month', period_start) as date) as month
    from {{ ref('planned') }}
),

asked as (
    select
        tasks.*,
        months.facility_id as of_facility,
        months.month,
        settings.as_of,
        row_number() over (
            partition by tasks.control_id, months.facility_id, months.month
            order by tasks.due_on asc, tasks.facility_id desc, tasks.task_id asc
        ) as position
    from months
    cross join {{ source('settings', 'build') }} as settings
    inner join {{ source('plan', 'tasks') }} as tasks
        on
            coalesce(nullif(tasks.facility_id, ''), months.facility_id) = months.facility_id
            and tasks.due_on >= last_day(months.month)
),

final as (
    select
        control_id,
        of_facility as facility_id,
        month,
        task_id,
        case
            when done_on <= least(due_on, as_of) and outcome = 'fail' then 'FAIL'
            when done_on <= least(due_on, as_of) and outcome = 'pass' and evidence_file <> '' then 'PASS'
            when done_on <= as_of and done_on > due_on and outcome <> '' and evidence_file <> '' then 'FAIL'
            when due_on < as_of then 'MISSING'
            else 'MANUAL'
        end as status,
        concat_ws(
            ' ', task_id, '应于/due', cast(due_on as varchar),
            coalesce('完成于/done ' || cast(done_on as varchar), '未完成/not done'), nullif(outcome, ''),
            nullif(evidence_file, ''), nullif(person, ''), nullif(note, '')
        ) as message
    from asked
    where position = 1
)

select * from final
