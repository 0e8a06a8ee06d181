-- A line's product in three parts (连乘分组): its quantity, its own factors, its GWP, as numbers for comparing regimes. The
-- account itself is the exact product; these serve only to say which part a difference between two accounts comes from.
with signed as (
    select
        emission_id,
        term_order,
        case term when 'quantity' then 'quantity' when 'gwp' then 'gwp' else 'factors' end as part,
        cast(digits as double) / power(10, scale) * cast(numerator as double) / cast(denominator as double) as value
    from {{ ref('workings') }}
    where error_code is null
),

parts as (
    select
        emission_id,
        coalesce(product(value order by term_order) filter (where part = 'quantity'), 1) as quantity,
        coalesce(product(value order by term_order) filter (where part = 'factors'), 1) as factors,
        coalesce(product(value order by term_order) filter (where part = 'gwp'), 1) as gwp
    from signed
    group by emission_id
),

final as (
    select
        lines.emission_id,
        lines.regime,
        substr(lines.emission_id, length(lines.regime) + 2) as line_id,
        lines.facility_id,
        lines.stream_id,
        lines.stream_type,
        lines.origin,
        lines.month,
        lines.gas,
        lines.sign * parts.quantity as quantity,
        parts.factors,
        parts.gwp,
        emissions.emissions_tco2e
    from {{ ref('emissions') }} as emissions
    inner join {{ ref('emission_lines') }} as lines on emissions.emission_id = lines.emission_id
    inner join parts on emissions.emission_id = parts.emission_id
    where emissions.emissions_tco2e is not null and lines.scope <> 'biogenic'
)

select * from final
