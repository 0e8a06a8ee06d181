-- Baseline reviews (基准复核) by clause 7.4.2: what called for each, the numbers drafted, significance, decision; and what
-- is listed but no trigger, with the reason.
with final as (
    select
        reviews.review_id,
        reviews.baseline_key,
        reviews.baseline_id,
        reviews.version,
        reviews.subject_id,
        subjects.name_zh as subject_zh,
        subjects.name_en as subject_en,
        coalesce(reviews.facility_id, '') as facility_id,
        reviews.measure,
        reviews.cause,
        reviews.trigger_kind,
        reviews.trigger_id,
        reviews.direction,
        reviews.found_on,
        reviews.due_on,
        reviews.evidence_zh,
        reviews.evidence_en,
        reviews.unit,
        cast(reviews.old_value as decimal(38, 12)) as old_value,
        cast(reviews.proposed_value as decimal(38, 12)) as proposed_value,
        cast(reviews.effect as decimal(38, 12)) as effect,
        reviews.effect_share,
        reviews.draft_basis,
        reviews.draft_zh,
        reviews.draft_en,
        reviews.cumulative_share,
        reviews.threshold,
        reviews.is_significant,
        reviews.is_significant_together,
        reviews.has_external_cause,
        cast(reviews.months_since as bigint) as months_since,
        reviews.status,
        reviews.status not in ('open', 'proposed') as is_answered,
        case
            when not reviews.is_trigger then treatments.reason_zh
            when reviews.trigger_kind = 'restatement' then '全部年份已按同一版本因子重述'
            when reviews.newer_version is not null then '计划中已有新版本 ' || reviews.newer_version
            when reviews.treatment = 'unknown' then treatments.reason_zh
            when reviews.proposed_value is null then '未测算：调整时须以 --value 给出建议值'
            else ''
        end as note_zh,
        case
            when not reviews.is_trigger then treatments.reason_en
            when reviews.trigger_kind = 'restatement' then 'every year stands under one edition of factors'
            when reviews.newer_version is not null then 'the plan has a newer version: ' || reviews.newer_version
            when reviews.treatment = 'unknown' then treatments.reason_en
            when reviews.proposed_value is null then 'nothing is drafted: give --value to adjust'
            else ''
        end as note_en,
        coalesce(reviews.decision_id, '') as decision_id,
        coalesce(reviews.decision, '') as decision,
        coalesce(reviews.decision_reason, '') as decision_reason,
        coalesce(reviews.finding, '') as finding,
        coalesce(reviews.proposed_by, '') as proposed_by,
        coalesce(reviews.approved_by, '') as approved_by,
        reviews.approved_at,
        reviews.effective_on,
        coalesce(reviews.decision_state, '') as decision_state,
        coalesce(reviews.refusal_zh, '') as refusal_zh,
        coalesce(reviews.refusal_en, '') as refusal_en,
        coalesce(reviews.newer_version, '') as newer_version
    from {{ ref('reviews') }} as reviews
    inner join {{ source('plan', 'subjects') }} as subjects on reviews.subject_id = subjects.subject_id
    left join {{ source('rules', 'recalculation_treatments') }} as treatments
        on coalesce(reviews.treatment, case when reviews.is_trigger then '' else 'organic' end) = treatments.treatment
)

select * from final
