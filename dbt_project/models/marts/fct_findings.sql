-- A verifier's findings (核查发现) with the replies and how each ended.
with final as (
    select
        finding_id,
        facility_id,
        month,
        verifier,
        finding,
        status,
        reply_count,
        replies,
        coalesce(closing_note, '') as closing_note,
        recorded_by,
        recorded_at,
        coalesce(closed_by, '') as closed_by,
        closed_at
    from {{ ref('verifier_findings') }}
)

select * from final
