-- Every dated change on record that may explain an alarm (可解释预警的变化), by subject: what it touches, which of the clause's
-- causes it is, and its evidence. `lasts_until` (exclusive): data may be touched for longer than a day. `is_felt_restated`: does
-- it show on data restated under one edition of factors?
with found as (
    select
        kind, object_id, facility_id, stream_id, '' as regime, cause, changed_on, changed_on + 1 as lasts_until,
        evidence_zh, evidence_en
    from {{ ref('plan_changes') }}
    union all
    select
        kind, object_id, facility_id, stream_id, regime, 'c', changed_on, changed_on + 1,
        concat(case kind when 'factor' then '因子' else '方法' end, ' ', object_id, ' 由 ', said_before, ' 变为 ', said_now),
        concat(kind, ' of ', object_id, ' from ', said_before, ' to ', said_now)
    from {{ ref('method_changes') }}
    union all
    select kind, object_id, facility_id, stream_id, '', 'd', changed_on, lasts_until, evidence_zh, evidence_en
    from {{ ref('data_changes') }}
    union all
    select
        'product_mix', stream_id, facility_id, '', '', 'b', month, month + 1,
        concat('产品 ', stream_id, ' 占比由 ', share_before, ' 变为 ', share),
        concat('share of product ', stream_id, ' from ', share_before, ' to ', share)
    from {{ ref('product_mixes') }}
    where is_change
),

final as (
    select distinct
        subjects.subject_id,
        concat_ws('|', found.kind, found.object_id, found.changed_on) as change_id,
        found.facility_id,
        case found.kind when 'product_mix' then found.object_id else found.stream_id end as stream_id,
        found.kind,
        found.object_id,
        found.cause,
        found.changed_on,
        found.lasts_until,
        found.kind <> 'factor' as is_felt_restated,
        found.evidence_zh,
        found.evidence_en
    from {{ source('plan', 'subjects') }} as subjects
    inner join {{ ref('subject_facilities') }} as facilities on subjects.subject_id = facilities.subject_id
    inner join found
        on
            facilities.facility_id = found.facility_id
            and found.regime in ('', subjects.regime)
            and (
                found.stream_id in ('', coalesce(subjects.product_stream_id, ''))
                or coalesce(subjects.stream_ids, '') = ''
                or list_contains(string_split(subjects.stream_ids, ' '), found.stream_id)
            )
)

select * from final
