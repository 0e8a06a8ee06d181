-- What each review would move its baseline by (复核影响), how that was drafted or why not, and what its trigger allows: growth is
-- none, and only an external cause may raise a baseline.
with judged as (
    select
        drafts.*,
        -- not drafted though the data are there: too large for exact arithmetic
        case when bases.is_drafted and drafts.proposed_value is null then 'out_of_range' else drafts.draft_basis end as basis
    from {{ ref('review_drafts') }} as drafts
    inner join {{ source('rules', 'draft_bases') }} as bases on drafts.draft_basis = bases.draft_basis
),

final as (
    select
        judged.* exclude (valid_from, draft_basis, basis),
        cast(judged.valid_from as date) as baseline_valid_from,
        concat_ws(
            '/', judged.baseline_id, judged.trigger_kind, replace(replace(judged.trigger_id, '|', ':'), '/', '.')
        ) as review_id,
        judged.proposed_value - judged.old_value as effect,
        {{ exact_ratio(mantissa('(judged.proposed_value - judged.old_value)'), mantissa('judged.old_value'), 6) }}
            as effect_share,
        bases.draft_basis,
        bases.said_zh as draft_zh,
        bases.said_en as draft_en,
        -- a declared change of method is on record as a change, too: it counts once
        bases.adds_up and (judged.trigger_kind <> 'event' or coalesce(judged.treatment = 'structural', false)) as adds_up,
        judged.trigger_kind <> 'growth'
        and coalesce(judged.treatment, '') not in ('organic', 'not_in_base_year', 'covered_by_scopes')
        and not (judged.trigger_kind = 'event' and judged.detail in ('new_plant', 'closure')) as is_trigger,
        -- an alarm that nothing but the operation explains may lower a baseline, never raise it
        judged.cause in ('b', 'c') or judged.trigger_kind = 'event' as has_external_cause
    from judged
    inner join {{ source('rules', 'draft_bases') }} as bases on judged.basis = bases.draft_basis
)

select * from final
