-- The base before and after, what is still pending, and the threshold.
select
    bases.base_year,
    bases.base_tco2e,
    limits.value as threshold,
    cast(bases.base_tco2e + coalesce(sum(changes.effect_tco2e) filter (where changes.is_recalculated), 0) as decimal(28, 6))
        as recalculated_base_tco2e,
    cast(coalesce(sum(changes.effect_tco2e) filter (where not changes.is_recalculated), 0) as decimal(28, 6))
        as pending_tco2e
from entered_bases as bases
left join structural_changes as changes on bases.base_key = changes.base_key
inner join performance_limits as limits on limits.name = 'significant_change'
group by bases.base_year, bases.base_tco2e, limits.value
