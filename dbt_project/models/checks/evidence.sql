-- Is the paper there (支撑材料)? For accounted quantities whose data_source in the plan names a kind of document
-- (document_type/subject) that has been delivered at least once: the document of each month, with its hash.
with asked as (
    select
        planned.planned_id,
        planned.facility_id,
        planned.stream_id,
        planned.period_start,
        planned.period_end,
        parameters.data_source as document
    from {{ ref('planned') }} as planned
    inner join {{ source('plan', 'parameters') }} as parameters
        on planned.parameter_id = parameters.parameter_id and {{ is_valid_on('planned.period_start', 'parameters') }}
    where planned.role = 'account' and planned.frequency = 'month'
),

final as (
    select
        asked.planned_id,
        any_value(asked.facility_id) as facility_id,
        any_value(asked.stream_id) as stream_id,
        any_value(asked.period_start) as period_start,
        any_value(asked.document) as document,
        max(documents.evidence_sha256)
        filter (where documents.period_start < asked.period_end and documents.period_end > asked.period_start)
            as evidence_sha256
    from asked
    inner join {{ ref('supporting_documents') }} as documents on asked.document = documents.document
    group by asked.planned_id
)

select * from final
