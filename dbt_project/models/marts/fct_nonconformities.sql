-- Non-conformities (不符合项, clause 11.1 a to d): what failed where and since when, whose it is and by when, its cause and
-- correction, and open, corrected, closed or reopened. All dates follow from the verdicts, the rules and the journal.
with scanned as (
    select
        nonconformity_id,
        count(case when scope = 'facility' and result = 'found' then 1 end) as similar_facilities,
        count(case when scope = 'parameter' then 1 end) as similar_parameters
    from {{ ref('similar_failures') }}
    group by nonconformity_id
),

dated as (
    select
        found.*,
        rules.passes_to_close,
        cast(found.first_failed_month + interval 1 month as date) as opened_on,
        cast(coalesce(found.pending_month, found.first_failed_month) + interval 1 month as date) + rules.due_days
            as due_on,
        found.is_corrected and found.is_scanned and found.passed_month is not null as is_closed
    from {{ ref('nonconformities') }} as found
    inner join {{ source('rules', 'nonconformity_rules') }} as rules on found.severity = rules.severity
),

-- a failure after the closing, or after a correction that did not hold, opens it again
judged as (
    select
        *,
        case
            when is_closed then 'closed'
            when is_corrected then 'corrected'
            when corrected_until is not null then 'reopened'
            when lag(is_closed) over (partition by control_id, facility_id order by occurrence) then 'reopened'
            else 'open'
        end as status
    from dated
),

final as (
    select
        judged.nonconformity_id, judged.control_id, nullif(judged.facility_id, '') as facility_id, judged.severity,
        controls.owner_role,
        owners.person as owner,
        judged.occurrence, judged.status, judged.first_failed_month, judged.last_failed_month, judged.failed_months,
        judged.failed_count, judged.opened_on, judged.due_on,
        judged.status in ('open', 'reopened') and judged.due_on < build.as_of as is_overdue,
        coalesce(corrections.cause, '') as cause,
        coalesce(corrections.correction, '') as correction,
        coalesce(corrections.plan_version, '') as plan_version,
        coalesce(corrections.person, '') as corrected_by,
        corrections.recorded_at as corrected_at,
        coalesce(scans.person, '') as scanned_by,
        case when judged.is_scanned then scans.recorded_at end as scanned_at,
        coalesce(scanned.similar_facilities, 0) as similar_facilities,
        coalesce(scanned.similar_parameters, 0) as similar_parameters,
        judged.passes, judged.passes_to_close, judged.passed_month,
        case when judged.status = 'closed' then greatest(
            cast(judged.passed_month + interval 1 month as date),
            cast(corrections.recorded_at as date), cast(scans.recorded_at as date)
        ) end as closed_on,
        case when judged.status = 'reopened' then cast(judged.pending_month + interval 1 month as date) end as reopened_on
    from judged
    cross join {{ source('settings', 'build') }} as build
    left join {{ ref('dim_controls') }} as controls on judged.control_id = controls.control_id
    left join {{ source('plan', 'roles') }} as owners on controls.owner_role = owners.role_id
    left join {{ source('decisions', 'corrections') }} as corrections on judged.correction_seq = corrections.recorded_seq
    left join {{ source('decisions', 'scans') }} as scans on judged.scan_seq = scans.recorded_seq
    left join scanned on judged.nonconformity_id = scanned.nonconformity_id
)

select * from final
