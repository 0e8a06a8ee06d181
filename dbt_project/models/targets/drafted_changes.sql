-- What the changes of one month move each plain total by (变化的影响), all streams together: drafted only where each can be, else by
-- the reason that comes first in the rules.
with final as (
    select
        effects.baseline_key,
        effects.trigger_id,
        arg_min(effects.draft_basis, bases.rank) as draft_basis,
        case when bool_and(bases.is_drafted and effects.effect_tco2e is not null) then sum(effects.effect_tco2e) end
            as effect_tco2e
    from {{ ref('stream_effects') }} as effects
    inner join {{ source('rules', 'draft_bases') }} as bases on effects.draft_basis = bases.draft_basis
    group by effects.baseline_key, effects.trigger_id
)

select * from final
