-- What is looked up under one edition (统一版本的因子需求): each need of a subject's lines, asked for as if its month were
-- the edition's. Publications count as they do for that month today.
with asked as (
    select distinct
        lines.regime,
        lines.edition_month as month,
        terms.term,
        terms.gas,
        terms.subject,
        terms.stream_type,
        terms.region_code,
        terms.dimension
    from {{ ref('emission_terms') }} as terms
    inner join {{ ref('subject_lines') }} as lines on terms.emission_id = lines.emission_id
    where terms.basis = 'default'
),

final as (
    select
        concat_ws(
            '|', asked.regime, asked.term, asked.gas, asked.subject, asked.stream_type, asked.region_code,
            asked.dimension, asked.month
        ) as need_id,
        asked.*,
        asked.term = 'net_per_gross' as is_optional,
        build.as_of,
        least(build.as_of, make_date(year(asked.month) + 1, regimes.report_month, regimes.report_day)) as report_date
    from asked
    inner join {{ source('rules', 'regimes') }} as regimes on asked.regime = regimes.regime
    cross join {{ source('settings', 'build') }} as build
)

select * from final
