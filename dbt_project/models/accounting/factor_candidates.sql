-- Factors that could serve each need (候选因子), ranked as the regime's factor sets say: the wanted unit dimension first, then
-- priority, data year and publication. Which need is met is decided in factors_in_force.
with needs as (
    select distinct
        regime, term, gas, subject, stream_type, region_code, dimension, month
    from {{ ref('emission_terms') }}
    where basis = 'default'
),

dated as (
    select
        needs.*,
        build.as_of,
        least(build.as_of, make_date(year(needs.month) + 1, regimes.report_month, regimes.report_day)) as report_date
    from needs
    inner join {{ ref('regimes') }} as regimes on needs.regime = regimes.regime
    cross join {{ source('settings', 'build') }} as build
),

matched as (
    select distinct
        dated.*,
        factors.factor_id,
        factors.data_year,
        factors.unit as factor_unit,
        dated.dimension in ('any', factors.denominator_dimension) as has_dimension,
        sets.priority,
        case when sets.selection = 'data_year_or_earlier' then factors.data_year end as year_wanted,
        case when sets.selection <> 'valid_in_month' then factors.published_on end as published_wanted
    from dated
    inner join {{ ref('factor_sets') }} as sets
        on dated.regime = sets.regime
        and dated.term = sets.parameter
        and coalesce(sets.stream_type, '') in ('', dated.stream_type)
        and coalesce(sets.gas, '') in ('', dated.gas)
    inner join {{ ref('factors') }} as factors
        on sets.factor_set = factors.factor_set
        and dated.term = factors.parameter
        and factors.gas in ('', dated.gas)
        and factors.region_code = case sets.region_rule
            when 'exact' then dated.region_code
            when 'country' then split_part(dated.region_code, '-', 1)
            else factors.region_code
        end
        and coalesce(factors.valid_from <= dated.month, true)
        and coalesce(factors.valid_to > dated.month, true)
        and case sets.selection
            when 'latest_published' then factors.published_on <= dated.report_date
            when 'data_year_or_earlier'
                then factors.published_on <= dated.as_of and factors.data_year <= year(dated.month)
            else true
        end
    left join {{ ref('factor_subjects') }} as subjects
        on factors.factor_set = subjects.factor_set
        and factors.subject = subjects.subject
        and dated.subject = subjects.fuel
    where factors.subject in ('', dated.subject) or subjects.subject is not null
),

final as (
    select
        *,
        rank() over (
            partition by regime, term, gas, subject, stream_type, region_code, dimension, month
            order by has_dimension desc, priority, year_wanted desc nulls last, published_wanted desc nulls last
        ) as position
    from matched
)

select * from final
