-- Measured properties (实测值) by regime, stream and month as the regime takes them: the value of its stance, an enthalpy or a
-- temperature less the regime's reference state, and what a sum of one measured part gives (1 − biomass share is the
-- fossil share).
with sums as (
    select
        parameter,
        min(part) as part,
        min(weight) filter (where part is not null) as weight,
        coalesce(sum(weight) filter (where part is null), 0) as constant
    from {{ source('rules', 'factor_sums') }}
    group by parameter
    having count(part) = 1
),

picked as (
    select
        months.*,
        {{ heat_reference('months.kind', 'regimes') }} as reference,
        {{ heat_reference_unit('months.kind') }} as reference_unit
    from {{ ref('property_months') }} as months
    inner join {{ ref('treated_streams') }} as treated
        on
            months.regime = treated.regime
            and months.stream_id = treated.stream_id
            and months.first_date >= treated.valid_from
            and months.first_date < treated.valid_to
    inner join {{ source('rules', 'regimes') }} as regimes on treated.regime = regimes.regime
    where treated.treatment in ('counted', 'subtracted', 'apart')
),

-- a regime that counts heat from a reference state takes that state's enthalpy, or temperature, off
referred as (
    select
        picked.*,
        found - case when reference = 0 then 0 else {{ convert('reference', 'ratios.numerator', 'ratios.denominator') }} end
            as value
    from picked
    left join {{ ref('unit_ratios') }} as ratios
        on picked.unit = ratios.to_unit and picked.reference_unit = ratios.from_unit
),

parts as (
    select
        picked.* replace (sums.parameter as kind, coalesce(ratios.to_unit, picked.unit) as unit),
        sums.constant,
        sums.weight,
        {{ convert('found', 'ratios.numerator', 'ratios.denominator') }} as part_value
    from picked
    inner join sums on picked.kind = sums.part
    left join {{ ref('unit_ratios') }} as ratios on picked.unit = ratios.from_unit and ratios.to_unit = '1'
),

summed as (
    select
        * exclude (constant, weight, part_value),
        constant + {{ exact_times(['part_value', 'weight']) }} as value
    from parts
),

final as (
    select * from referred
    union all
    select * from summed
)

select
    final.*,
    concat_ws('|', final.regime, final.stream_id, final.month, final.kind) as measured_id
from final
where final.kind in (select terms.measured_kind from {{ source('rules', 'method_terms') }} as terms)
