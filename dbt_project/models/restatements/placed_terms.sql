-- To which place of the product each changed term belongs (变化项归位). Where the terms themselves are others, or a measured
-- value stands for a default, all but quantity and GWP change together; a ratio between units goes with the factor whose unit
-- changed. The company's part of a site stands apart from the product even where it is the same: without it every product fits
-- the 128 bits that the account computed it in.
with flagged as (
    select
        *,
        bool_or(
            term not in ('quantity', 'gwp', 'unit_ratio')
            and (not is_on_both or earlier_basis <> later_basis or (earlier_basis = 'ratio' and not is_same))
        ) over line as is_other_method,
        max(case
            when is_other_unit and earlier_basis in ('default', 'measured') and term <> 'gwp'
                then case earlier_basis when 'default' then 'factor' else term end
        end) over line as unit_place
    from {{ ref('paired_terms') }}
    window line as (partition by emission_id)
),

final as (
    select
        * exclude (is_other_method, unit_place),
        case
            when is_same and term <> 'consolidation_share' then 'unchanged'
            when term in ('quantity', 'gwp', 'consolidation_share') then term
            when is_other_method then 'method'
            when term = 'unit_ratio' then coalesce(unit_place, 'unit')
            when earlier_basis = 'default' then 'factor'
            else term
        end as place
    from flagged
)

select * from final
