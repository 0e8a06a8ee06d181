-- Every term of every line with its value (取值), beginning with the quantity: measured, default or a fixed ratio.
-- Nothing is multiplied and no unit is converted here.
with quantities as (
    select
        emission_id, 0 as term_order, 'quantity' as term, 'quantity' as basis,
        rtrim(rtrim(cast(quantity as varchar), '0'), '.') as value_text,
        {{ digits_of('quantity') }} as digits, {{ scale_of('quantity') }} as scale,
        1 as numerator, 1 as denominator,
        {{ bare_unit('unit') }} as numerator_unit, '' as denominator_unit, unit,
        case when is_gross then 'gross' else '' end as heat_basis,
        cast(null as varchar) as factor_id, false as is_earlier_year, parameter_id,
        error_code, error_found
    from {{ ref('emission_lines') }}
),

fixed as (
    select
        emission_id, term_order, term, basis,
        concat_ws('/', numerator, denominator) as value_text,
        1 as digits, 0 as scale,
        numerator, denominator,
        numerator_unit, denominator_unit, concat_ws('/', numerator_unit, denominator_unit) as unit,
        '' as heat_basis,
        null as factor_id, false as is_earlier_year, null as parameter_id,
        null as error_code, null as error_found
    from {{ ref('emission_terms') }}
    where basis = 'ratio'
    union all
    -- where every product must arrive: tonnes of its gas
    select
        emission_id, 1000 as term_order, 'tonnes_of_gas' as term, 'ratio' as basis, '1' as value_text,
        1 as digits, 0 as scale, 1 as numerator, 1 as denominator,
        't' || gas as numerator_unit, 't' || gas as denominator_unit, '1' as unit, '' as heat_basis,
        null as factor_id, false as is_earlier_year, null as parameter_id, null as error_code, null as error_found
    from {{ ref('emission_lines') }}
    where error_code is null
),

measured as (
    select
        emission_id, term_order, term, basis,
        rtrim(rtrim(cast(value as varchar), '0'), '.') as value_text,
        {{ digits_of('value') }} as digits, {{ scale_of('value') }} as scale,
        measured_numerator as numerator, measured_denominator as denominator,
        measured_numerator_unit as numerator_unit, measured_denominator_unit as denominator_unit, measured_unit as unit,
        heat_basis,
        null as factor_id, false as is_earlier_year, parameter_id,
        error_code, error_found
    from {{ ref('emission_terms') }}
    where basis = 'measured'
),

defaults as (
    select
        terms.emission_id, terms.term_order, terms.term, terms.basis,
        factors.value_text,
        {{ digits_of('factors.value') }} as digits, {{ scale_of('factors.value') }} as scale,
        1 as numerator, 1 as denominator,
        factors.numerator_unit, factors.denominator_unit, factors.unit,
        factors.heat_basis,
        found.factor_id, found.is_earlier_year, null as parameter_id,
        found.error_code, found.error_found
    from {{ ref('emission_terms') }} as terms
    inner join {{ ref('factors_in_force') }} as found
        using (regime, term, gas, subject, stream_type, region_code, dimension, month)
    left join {{ ref('factors') }} as factors on found.factor_id = factors.factor_id
    where terms.basis = 'default'
),

final as (
    select * from quantities
    union all
    select * from fixed
    union all
    select * from measured
    union all
    select * from defaults
)

select * from final
