-- What each control says of each facility and month (控制月度结论), by the row of it that was in force then.
-- A control whose table knows no facility or no month stands for the enterprise as a whole: facility_id or month is null.
with verdicts as (
    select * from {{ ref('entry_door') }}
    union all
    select * from {{ ref('exit_door') }}
),

errors as (
    select
        control_id,
        string_agg(message, '; ' order by suite) as message
    from verdicts
    where record_kind = 'control' and status = 'ERROR'
    group by control_id
),

final as (
    select
        counts.control_id,
        counts.facility_id,
        counts.month,
        controls.severity,
        case
            when controls.enforced_by = 'manual' then coalesce(tasks.status, 'MANUAL')
            when controls.enforced_by = 'dbt' then case when tested.control_id is null then 'ERROR' else 'PASS' end
            when errors.control_id is not null then 'ERROR'
            when counts.failed_count > 0 then 'FAIL'
            when counts.is_counted and (counts.judged_count > 0 or counts.due_count = 0) then 'PASS'
            else 'MISSING'
        end as status,
        counts.due_count,
        counts.judged_count,
        counts.failed_count,
        coalesce(case
            when controls.enforced_by = 'dbt' and tested.control_id is null
                then '没有会中止构建的 dbt 检验带有此控制。 / no dbt test that stops a build carries this control.'
            when controls.enforced_by = 'manual' then tasks.message
            when controls.enforced_by = 'suite' then errors.message
        end, '') as message
    from {{ ref('control_counts') }} as counts
    inner join {{ control_rows() }} as controls
        on counts.control_id = controls.control_id and {{ speaks_for('controls', 'counts.month') }}
    left join errors on counts.control_id = errors.control_id
    left join {{ ref('manual_tasks') }} as tasks
        on
            counts.control_id = tasks.control_id
            and counts.facility_id = tasks.facility_id
            and counts.month = tasks.month
    left join ({{ controls_tested_by_dbt() }}) as tested on counts.control_id = tested.control_id
)

select * from final
