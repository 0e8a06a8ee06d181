-- Structural recalculation (结构性重算), event by event and base: effect, significance alone and together, and why the base is
-- recalculated or is not.
with final as (
    select
        changes.base_key as baseline_key,
        bases.baseline_id,
        bases.subject_id,
        changes.event_id,
        events.name_zh,
        events.name_en,
        changes.event_kind,
        kinds.name_zh as kind_zh,
        kinds.name_en as kind_en,
        coalesce(events.facility_id, '') as facility_id,
        changes.happened_on,
        changes.existed_since,
        changes.cause,
        changes.treatment,
        cast(changes.value_before_tco2e as decimal(38, 6)) as base_tco2e,
        cast(changes.unit_tco2e as decimal(38, 6)) as unit_tco2e,
        cast(changes.effect_tco2e as decimal(38, 6)) as effect_tco2e,
        changes.effect_share,
        changes.cumulative_share,
        coalesce(changes.is_significant, false) as is_significant,
        coalesce(changes.is_significant_together, false) as is_significant_together,
        coalesce(changes.is_recalculated, false) as is_recalculated,
        cast(changes.months_after as bigint) as months_after,
        changes.reason_zh,
        changes.reason_en
    from {{ ref('structural_changes') }} as changes
    inner join {{ ref('baselines') }} as bases on changes.base_key = bases.baseline_key
    inner join {{ source('plan', 'events') }} as events on changes.event_id = events.event_id
    inner join {{ source('rules', 'event_kinds') }} as kinds on changes.event_kind = kinds.event_kind
)

select * from final
