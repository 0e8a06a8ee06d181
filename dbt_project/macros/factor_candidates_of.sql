{#-
Factors that could serve each need, ranked as the regime's factor sets say: the wanted unit dimension first, then the regime's own
set, the one for the stream type, priority, data year and publication. `needs_table`: rows in the shape of factor_needs.
-#}
{% macro factor_candidates_of(needs_table) -%}
with sets as (
    {{ of_every_regime('factor_sets') }}
),

matched as (
    select distinct
        needs.need_id,
        needs.month,
        factors.factor_id,
        factors.unit as factor_unit,
        needs.dimension in ('any', factors.denominator_dimension) as has_dimension,
        sets.is_own_regime,
        coalesce(sets.stream_type, '') <> '' as is_for_stream_type,
        sets.priority,
        case when sets.selection = 'data_year_or_earlier' then factors.data_year end as year_wanted,
        case when sets.selection <> 'valid_in_month' then factors.published_on end as published_wanted
    from {{ needs_table }} as needs
    inner join sets
        on
            needs.regime = sets.regime
            and needs.term = sets.parameter
            and coalesce(sets.stream_type, '') in ('', needs.stream_type)
            and coalesce(sets.gas, '') in ('', needs.gas)
    left join {{ source('rules', 'grid_regions') }} as regions on needs.region_code = regions.region_code
    inner join {{ ref('factors') }} as factors
        on
            sets.factor_set = factors.factor_set
            and needs.term = factors.parameter
            and factors.gas in ('', needs.gas)
            and factors.region_code = case sets.region_rule
                when 'exact' then needs.region_code
                when 'grid_region' then regions.grid_region
                when 'country' then split_part(needs.region_code, '-', 1)
                else factors.region_code
            end
            and coalesce(needs.month >= factors.valid_from, true)
            and coalesce(needs.month < factors.valid_to, true)
            and case sets.selection
                when 'latest_published' then needs.report_date >= factors.published_on
                when 'data_year_or_earlier'
                    then needs.as_of >= factors.published_on and factors.data_year <= year(needs.month)
                else true
            end
    left join {{ source('rules', 'factor_subjects') }} as subjects
        on
            factors.factor_set = subjects.factor_set
            and factors.subject = subjects.subject
            and needs.subject = subjects.fuel
    where factors.subject in ('', needs.subject) or subjects.subject is not null
),

final as (
    select
        *,
        rank() over (
            partition by need_id
            order by
                has_dimension desc, is_own_regime desc, is_for_stream_type desc, priority asc,
                year_wanted desc nulls last, published_wanted desc nulls last
        ) as position
    from matched
)

select * from final
{%- endmacro %}
