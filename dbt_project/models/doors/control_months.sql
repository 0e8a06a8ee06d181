-- What each control of the plan says of each facility and month (控制月度结论), rolled up over what was due.
-- A control whose table knows no facility or no month stands for the enterprise as a whole: facility_id or month is null.
with verdicts as (
    select * from {{ ref('entry_door') }}
    union all
    select * from {{ ref('exit_door') }}
),

counted as (
    select control_id, facility_id, period_start as month, due_count, judged_count, 0 as failed_count
    from verdicts where record_kind = 'month'
    union all
    select control_id, facility_id, month, 0, 0, 1 from {{ ref('entry_failures') }}
    union all
    select control_id, facility_id, month, 0, 0, 1 from {{ ref('exit_failures') }}
),

errors as (
    select control_id, string_agg(message, '; ' order by suite) as message
    from verdicts where record_kind = 'control' and status = 'ERROR' group by control_id
),

planned as (
    select facility_id, cast(date_trunc('month', period_start) as date) as month, count(*) as due_count
    from {{ ref('planned') }} group by facility_id, date_trunc('month', period_start)
),

-- Controls that no suite counted: a person's, dbt's, one that could not run stand over all that was due; one never due, once.
uncounted as (
    select
        controls.control_id, planned.facility_id, planned.month,
        coalesce(planned.due_count, 0) as due_count, 0 as judged_count, 0 as failed_count, false as is_counted
    from {{ source('plan', 'controls') }} as controls
    left join errors on controls.control_id = errors.control_id
    left join planned on controls.enforced_by <> 'suite' or errors.control_id is not null
    where controls.control_id not in (select control_id from counted)
),

months as (
    select
        control_id, facility_id, month,
        sum(due_count) as due_count, sum(judged_count) as judged_count, sum(failed_count) as failed_count, true as is_counted
    from counted group by control_id, facility_id, month
    union all
    select * from uncounted
),

final as (
    select
        months.control_id, months.facility_id, months.month, controls.severity,
        case
            when controls.enforced_by = 'manual' then 'MANUAL'
            when controls.enforced_by = 'dbt' then case when tested.control_id is null then 'ERROR' else 'PASS' end
            when errors.control_id is not null then 'ERROR'
            when months.failed_count > 0 then 'FAIL'
            when months.is_counted and (months.judged_count > 0 or months.due_count = 0) then 'PASS'
            else 'MISSING'
        end as status,
        cast(months.due_count as bigint) as due_count,
        cast(months.judged_count as bigint) as judged_count, cast(months.failed_count as bigint) as failed_count,
        coalesce(errors.message, case
            when controls.enforced_by = 'dbt' and tested.control_id is null
                then '没有会中止构建的 dbt 检验带有此控制。 / no dbt test that stops a build carries this control.'
        end, '') as message
    from months
    inner join {{ source('plan', 'controls') }} as controls on months.control_id = controls.control_id
    left join errors on months.control_id = errors.control_id
    left join ({{ controls_tested_by_dbt() }}) as tested on months.control_id = tested.control_id
)

select * from final
