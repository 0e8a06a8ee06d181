-- Non-conformities (不符合项, clause 11.1): what a control's failures at a facility call for, and what people recorded of it.
-- A record covers the failures up to the last one that its author saw.
with recorded as (
    select 'correction' as kind, control_id, facility_id, first_failed_month, failed_until, recorded_seq
    from {{ source('decisions', 'corrections') }}
    union all
    select 'scan', control_id, facility_id, first_failed_month, failed_until, recorded_seq
    from {{ source('decisions', 'scans') }}
),

handled as (
    select
        months.control_id,
        months.facility_id,
        months.occurrence,
        max(case when recorded.kind = 'correction' then recorded.failed_until end) as corrected_until,
        max(case when recorded.kind = 'correction' then recorded.recorded_seq end) as correction_seq,
        max(case when recorded.kind = 'scan' then recorded.failed_until end) as scanned_until,
        max(case when recorded.kind = 'scan' then recorded.recorded_seq end) as scan_seq
    from {{ ref('failed_months') }} as months
    left join recorded
        on
            months.control_id = recorded.control_id
            and months.facility_id = recorded.facility_id
            and months.month = recorded.first_failed_month
    group by months.control_id, months.facility_id, months.occurrence
),

occurrences as (
    select
        handled.*,
        any_value(months.severity) as severity,
        min(months.month) as first_failed_month,
        max(months.month) as last_failed_month,
        min(case when months.month > coalesce(handled.corrected_until, date '0001-01-01') then months.month end)
            as pending_month,
        count(*) as failed_months,
        cast(sum(months.failed_count) as bigint) as failed_count,
        arg_max(months.passes, months.month) as passes,
        max(months.passed_month) as passed_month
    from handled
    inner join {{ ref('failed_months') }} as months
        on
            handled.control_id = months.control_id
            and handled.facility_id = months.facility_id
            and handled.occurrence = months.occurrence
    group by all
),

final as (
    select
        *,
        concat_ws('@', control_id, coalesce(nullif(facility_id, ''), 'all'), strftime(first_failed_month, '%Y-%m'))
            as nonconformity_id,
        coalesce(corrected_until >= last_failed_month, false) as is_corrected,
        coalesce(scanned_until >= last_failed_month, false) as is_scanned
    from occurrences
)

select * from final
