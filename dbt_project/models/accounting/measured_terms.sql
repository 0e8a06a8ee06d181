-- Measured properties (实测参数) by regime, stream and month that may stand in a product instead of a default: heat value,
-- carbon content, oxidation and emission factor. The unit is split into what it counts and what it divides by.
with picked as (
    select
        concat_ws('|', treated.regime, months.stream_id, months.month, months.kind) as measured_id,
        treated.regime,
        months.*,
        case when regimes.missing_data_stance = 'conservative' then substitute else best_estimate end as found,
        case when months.kind = 'enthalpy' then coalesce(regimes.heat_reference_kj_per_kg, 0) else 0 end as reference
    from {{ ref('parameter_months') }} as months
    inner join {{ ref('treated_streams') }} as treated
        on
            months.stream_id = treated.stream_id
            and months.first_date >= treated.valid_from
            and months.first_date < treated.valid_to
    inner join {{ source('rules', 'regimes') }} as regimes on treated.regime = regimes.regime
    where
        treated.treatment in ('counted', 'subtracted')
        and months.kind in (select terms.measured_kind from {{ source('rules', 'method_terms') }} as terms)
),

-- a regime that counts steam from a reference state takes that state's enthalpy off
referred as (
    select
        picked.*,
        found - case when reference = 0 then 0 else {{ convert('reference', 'ratios.numerator', 'ratios.denominator') }} end
            as value
    from picked
    left join {{ ref('unit_ratios') }} as ratios on picked.unit = ratios.to_unit and ratios.from_unit = 'kJ/kg'
),

united as (
    select
        referred.*,
        coalesce(units.to_base_numerator, 1) as numerator,
        coalesce(units.to_base_denominator, 1) as denominator,
        nullif(coalesce(units.base_unit, referred.unit), '1') as base_unit,
        count(*) over at_once as parameters_at_once,
        concat_ws(', ', min(referred.parameter_id) over at_once, max(referred.parameter_id) over at_once)
            as parameters_named,
        row_number() over (at_once order by referred.parameter_id, referred.unit) as position
    from referred
    left join {{ source('rules', 'units') }} as units on {{ bare_unit('referred.unit') }} = units.unit
    where referred.value is not null
    window at_once as (partition by referred.measured_id)
),

final as (
    select
        united.measured_id,
        united.parameter_id,
        united.kind,
        united.value,
        united.unit,
        united.numerator,
        united.denominator,
        coalesce(split_part(united.base_unit, '/', 1), '') as numerator_unit,
        coalesce(split_part(united.base_unit, '/', 2), '') as denominator_unit,
        coalesce(units.dimension, '') as denominator_dimension,
        case when {{ is_gross("united.measure || ' ' || united.unit") }} then 'gross' else 'net' end as heat_basis,
        regexp_matches(united.measure, '_(ad|d|daf)$') as is_other_mass_basis,
        united.parameters_at_once,
        united.parameters_named,
        united.failed_controls
    from united
    left join {{ source('rules', 'units') }} as units on split_part(united.base_unit, '/', 2) = units.unit
    where united.position = 1
)

select * from final
