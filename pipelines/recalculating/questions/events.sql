-- Each event with its effect, in the order in which they happened.
select
    cast(changes.event_id as integer) as row,
    changes.unit,
    changes.event_kind,
    kinds.name_zh as kind_zh,
    kinds.name_en as kind_en,
    changes.happened_on,
    changes.treatment,
    changes.effect_tco2e,
    changes.value_before_tco2e,
    changes.effect_share,
    changes.cumulative_share,
    changes.is_significant,
    changes.is_significant_together,
    changes.is_recalculated,
    changes.reason_zh,
    changes.reason_en
from structural_changes as changes
inner join event_kinds as kinds on changes.event_kind = kinds.event_kind
order by changes.position
