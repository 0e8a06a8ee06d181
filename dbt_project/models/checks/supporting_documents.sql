-- Papers that figures rest on (支撑材料), as they stand now: named as the plan's data_source names them (document_type/subject).
with final as (
    select
        concat_ws('/', document_type, subject) as document,
        period_start,
        coalesce(period_end, period_start + 1) as period_end,
        cast(date_trunc('month', period_start) as date) as month,
        nullif(evidence_sha256, '') as evidence_sha256,
        concat_ws(' ', document_type, document_number, 'SHA-256 ' || left(nullif(evidence_sha256, ''), 12)) as told
    from {{ ref('stg_evidence_documents') }}
    where is_current
)

select * from final
