-- The months in which a control failed at a facility (不合格月份), and the occurrence each belongs to: a failure after the
-- passes that close a non-conformity begins a new one. Read off the verdicts month by month, and off what people recorded
-- of a failure, which a later delivery may have healed since; facility_id '' is the enterprise as a whole.
with recorded as (
    select distinct control_id, facility_id, first_failed_month as month from {{ source('decisions', 'corrections') }}
    union
    select distinct control_id, facility_id, first_failed_month from {{ source('decisions', 'scans') }}
),

verdicts as (
    select
        months.control_id,
        coalesce(months.facility_id, '') as facility_id,
        months.month,
        months.severity,
        rules.passes_to_close,
        months.failed_count,
        coalesce(months.status = 'FAIL' or recorded.month is not null, false) as is_failed,
        months.status = 'PASS' as is_passed,
        months.status not in ('PASS', 'FAIL') as is_undecided
    from {{ ref('control_months') }} as months
    inner join {{ source('rules', 'nonconformity_rules') }} as rules on months.severity = rules.severity
    left join recorded
        on
            months.control_id = recorded.control_id
            and coalesce(months.facility_id, '') = recorded.facility_id
            and months.month = recorded.month
    where months.status <> 'MANUAL' and months.month is not null
),

numbered as (
    select
        *,
        count(case when is_failed then 1 end) over months_so_far as failure_number,
        count(case when is_undecided then 1 end) over months_so_far as break_number
    from verdicts
    window months_so_far as (partition by control_id, facility_id order by month)
),

-- passes in a row behind a failure; a month without a verdict breaks the row
counted as (
    select
        *,
        count(case when is_passed and not is_failed then 1 end) over (
            partition by control_id, facility_id, failure_number, break_number order by month
        ) as passes
    from numbered
    where failure_number > 0
),

failures as (
    select
        control_id,
        facility_id,
        failure_number,
        any_value(severity) as severity,
        min(month) as month,
        cast(sum(case when is_failed then failed_count else 0 end) as bigint) as failed_count,
        arg_max(passes, month) as passes,
        min(case when passes >= passes_to_close then month end) as passed_month
    from counted
    group by control_id, facility_id, failure_number
),

final as (
    select
        *,
        1 + count(passed_month) over (
            partition by control_id, facility_id order by month rows between unbounded preceding and 1 preceding
        ) as occurrence
    from failures
)

select * from final
