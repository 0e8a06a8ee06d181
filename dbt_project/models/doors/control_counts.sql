-- How many rows each control was due for, could judge and failed (控制应判行数), by facility and month. is_counted: by a suite;
-- else a person's, dbt's or one that could not run stands over all that was due, and one that was due nowhere stands once.
with verdicts as (
    select * from {{ ref('entry_door') }}
    union all
    select * from {{ ref('exit_door') }}
),

found as (
    select control_id, facility_id, period_start as month, due_count, judged_count, 0 as failed_count
    from verdicts where record_kind = 'month'
    union all
    select control_id, facility_id, month, 0, 0, 1 from {{ ref('entry_failures') }}
    union all
    select control_id, facility_id, month, 0, 0, 1 from {{ ref('exit_failures') }}
),

-- a control counts only in the months in which a suite enforced it
counted as (
    select found.*
    from found
    inner join {{ control_rows() }} as controls
        on found.control_id = controls.control_id and {{ speaks_for('controls', 'found.month') }}
    where controls.enforced_by = 'suite'
),

planned as (
    select facility_id, cast(date_trunc('month', period_start) as date) as month, count(*) as due_count
    from {{ ref('planned') }} group by facility_id, date_trunc('month', period_start)
),

uncounted as (
    select distinct
        controls.control_id, planned.facility_id, planned.month,
        coalesce(planned.due_count, 0) as due_count, 0 as judged_count, 0 as failed_count
    from {{ source('plan', 'controls') }} as controls
    left join verdicts as errors
        on controls.control_id = errors.control_id and errors.record_kind = 'control' and errors.status = 'ERROR'
    left join planned
        on
            (controls.enforced_by <> 'suite' or errors.control_id is not null)
            and {{ is_in_force('controls', 'planned.month') }}
    where controls.enforced_by <> 'suite' or controls.control_id not in (select control_id from counted)
),

final as (
    select
        control_id, facility_id, month, true as is_counted,
        cast(sum(due_count) as bigint) as due_count,
        cast(sum(judged_count) as bigint) as judged_count,
        cast(sum(failed_count) as bigint) as failed_count
    from counted group by control_id, facility_id, month
    union all
    select control_id, facility_id, month, false, due_count, judged_count, failed_count from uncounted
)

select * from final
