-- The terms of one line that differ, each with value, unit, factor and edition on both sides; a line that only one side has
-- shows that side's.
with numbered as (
    select
        is_later = ($direction = 1) as is_after,
        *,
        row_number() over (partition by is_later, term order by term_order) as occurrence
    from (
        select false as is_later, * from earlier.accounting.workings where emission_id = $emission_id
        union all by name
        select true as is_later, * from later.accounting.workings where emission_id = $emission_id
    ) as workings
),

paired as (
    select
        term,
        occurrence,
        min(term_order) as term_order,
        max(value_text) filter (where not is_after) as from_value,
        max(value_text) filter (where is_after) as to_value,
        max(unit) filter (where not is_after) as from_unit,
        max(unit) filter (where is_after) as to_unit,
        max(basis) filter (where not is_after) as from_basis,
        max(basis) filter (where is_after) as to_basis,
        max(factor_id) filter (where not is_after) as from_factor_id,
        max(factor_id) filter (where is_after) as to_factor_id,
        max(edition) filter (where not is_after) as from_edition,
        max(edition) filter (where is_after) as to_edition
    from numbered
    group by term, occurrence
),

differing as (
    select *
    from paired
    where
        (from_value, from_unit, from_basis, from_factor_id)
        is distinct from (to_value, to_unit, to_basis, to_factor_id)
    union all by name
    -- the company's part of the site, where it changed
    select
        'consolidation_share' as term,
        1 as occurrence,
        1000000 as term_order,
        cast(cast(case when $direction = 1 then earlier_share else later_share end as double) as varchar) as from_value,
        cast(cast(case when $direction = 1 then later_share else earlier_share end as double) as varchar) as to_value
    from paired_lines
    where emission_id = $emission_id and earlier_share <> later_share
)

select * exclude (term_order)
from differing
order by term_order, occurrence
