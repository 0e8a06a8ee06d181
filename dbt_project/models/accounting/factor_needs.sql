-- What is looked up (因子需求): each distinct combination of regime, term, gas, subject, region, unit dimension and
-- month, with the date up to which a publication counts. The ratio of net to gross heat is optional: its absence is
-- judged later.
with needs as (
    select distinct
        need_id,
        regime,
        term,
        gas,
        subject,
        stream_type,
        region_code,
        dimension,
        month
    from {{ ref('emission_terms') }}
    where basis = 'default'
),

final as (
    select
        needs.*,
        needs.term = 'net_per_gross' as is_optional,
        build.as_of,
        least(build.as_of, make_date(year(needs.month) + 1, regimes.report_month, regimes.report_day)) as report_date
    from needs
    inner join {{ source('rules', 'regimes') }} as regimes on needs.regime = regimes.regime
    cross join {{ source('settings', 'build') }} as build
)

select * from final
