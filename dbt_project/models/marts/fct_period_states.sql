-- Each facility's month under each regime (月度状态): calculated, reviewed, submitted, verified; what it comes to now, what was
-- submitted, and what a verifier found it to be, with the differences. A month nobody has taken in hand is open.
with months as (
    select
        facility_id,
        month,
        regime,
        cast(sum(emissions_tco2e) as decimal(38, 6)) as emissions_tco2e,
        bool_and(status = 'complete') as is_complete,
        coalesce(string_agg(distinct reason_zh, '；' order by reason_zh) filter (where status <> 'complete'), '')
            as reason_zh,
        coalesce(string_agg(distinct reason_en, '; ' order by reason_en) filter (where status <> 'complete'), '')
            as reason_en
    from {{ ref('fct_inventory') }}
    group by facility_id, month, regime
),

reported as (
    select facility_id, month, regime, arg_max(tco2e, recorded_seq) as tco2e
    from {{ source('decisions', 'reported_figures') }} group by facility_id, month, regime
),

verified as (
    select
        facility_id, month, regime,
        arg_max(tco2e, recorded_seq) as tco2e,
        arg_max(verifier, recorded_seq) as verifier,
        arg_max(note, recorded_seq) as note
    from {{ source('decisions', 'verified_figures') }} group by facility_id, month, regime
),

findings as (
    select facility_id, month, count(*) as findings, count(case when status <> 'closed' then 1 end) as open_findings
    from {{ ref('verifier_findings') }} group by facility_id, month
),

final as (
    select
        months.facility_id, months.month, months.regime,
        coalesce(positions.state, 'open') as state,
        months.is_complete as is_reportable, months.reason_zh, months.reason_en,
        months.emissions_tco2e,
        reported.tco2e as reported_tco2e,
        months.emissions_tco2e - reported.tco2e as changed_since_tco2e,
        verified.tco2e as verified_tco2e,
        verified.tco2e - reported.tco2e as verified_difference_tco2e,
        coalesce(verified.verifier, '') as verifier,
        coalesce(verified.note, '') as verified_note,
        coalesce(findings.findings, 0) as findings,
        coalesce(findings.open_findings, 0) as open_findings,
        coalesce(positions.calculated_by, '') as calculated_by, positions.calculated_at,
        coalesce(positions.reviewed_by, '') as reviewed_by, positions.reviewed_at,
        coalesce(positions.submitted_by, '') as submitted_by, positions.submitted_at,
        coalesce(positions.verified_by, '') as verified_by, positions.verified_at,
        coalesce(positions.despite, '') as despite
    from months
    left join {{ ref('period_positions') }} as positions
        on months.facility_id = positions.facility_id and months.month = positions.month
    left join reported
        on months.facility_id = reported.facility_id and months.month = reported.month and months.regime = reported.regime
    left join verified
        on months.facility_id = verified.facility_id and months.month = verified.month and months.regime = verified.regime
    left join findings on months.facility_id = findings.facility_id and months.month = findings.month
)

select * from final
