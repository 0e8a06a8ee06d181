-- The numbers drafted for each review (复核测算): a structural change by the unit's own emissions, a restatement by both editions, a
-- newer factor by overlapping months, what came, went or is accounted by another method by its streams, anything else by
-- the months since. Growth is in none of them.
with final as (
    select
        *,
        case when draft_basis in ('output', 'months_since') then months_compared else months end as months_since,
        case when draft_basis = 'editions' then accounted_value else value end as old_value,
        case draft_basis
            when 'editions' then value
            when 'unit_years' then value + structural_tco2e
            when 'by_rule' then value + structural_tco2e
            when 'activity' then value + streams_tco2e
            when 'base_share' then value + streams_tco2e
            when 'factor_overlap' then {{ exact_share('value', millionths('accounted_tco2e'), millionths('emissions_tco2e'), 9) }}
            when 'output' then {{ exact_share('value', millionths('compared_tco2e'), millionths('expected_tco2e'), 9) }}
            when 'months_since' then {{ exact_share('value', millionths('compared_tco2e'), millionths('expected_tco2e'), 9) }}
        end as proposed_value
    from {{ ref('review_bases') }}
)

select * from final
