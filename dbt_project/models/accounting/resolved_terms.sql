-- Every term of every line with its value (取值), beginning with the quantity: measured, default or a fixed ratio.
-- Nothing is multiplied and no unit is converted here.
with lines as (
    select * from {{ ref('emission_lines') }}
),

fixed as (
    select
        terms.emission_id,
        terms.term_order,
        ratios.*
    from {{ ref('emission_terms') }} as terms
    inner join {{ source('rules', 'method_terms') }} as ratios
        on
            terms.method_id = ratios.method_id
            and terms.term = ratios.term
    where terms.basis = 'ratio'
),

measured as (
    select
        terms.emission_id,
        terms.term_order,
        terms.term,
        terms.error_code,
        case terms.error_code when 'MEASURED_AMBIGUOUS' then found.parameters_named else found.unit end as error_found,
        found.*
    from {{ ref('emission_terms') }} as terms
    inner join {{ ref('measured_terms') }} as found on terms.measured_id = found.measured_id
    where terms.basis = 'measured'
),

defaults as (
    select
        terms.emission_id,
        terms.term_order,
        factors.*,
        terms.term,
        found.is_earlier_year,
        found.error_code,
        found.error_found
    from {{ ref('emission_terms') }} as terms
    inner join {{ ref('factors_in_force') }} as found on terms.need_id = found.need_id
    left join {{ ref('factors') }} as factors on found.factor_id = factors.factor_id
    where terms.basis = 'default'
),

final as (
    {{ resolved_term('lines', '0', "'quantity'", "'quantity'", value='quantity', numerator_unit=bare_unit('unit'),
        unit='unit', heat_basis="case when is_gross then 'gross' else '' end", parameter_id='parameter_id',
        error_code='error_code', error_found='error_found') }}
    union all
    {{ resolved_term('measured', 'term_order', 'term', "'measured'", value='value', numerator='numerator',
        denominator='denominator', numerator_unit='numerator_unit', denominator_unit='denominator_unit', unit='unit',
        heat_basis='heat_basis', parameter_id='parameter_id', error_code='error_code', error_found='error_found') }}
    union all
    {{ resolved_term('defaults', 'term_order', 'term', "'default'", value='value', value_text='value_text',
        numerator_unit='numerator_unit', denominator_unit='denominator_unit', unit='unit', heat_basis='heat_basis',
        factor_id='factor_id', is_earlier_year='is_earlier_year', error_code='error_code', error_found='error_found') }}
    union all
    {{ resolved_term('fixed', 'term_order', 'term', "'ratio'", value_text="concat_ws('/', numerator, denominator)",
        numerator='numerator', denominator='denominator', numerator_unit='numerator_unit',
        denominator_unit='denominator_unit', unit="concat_ws('/', numerator_unit, denominator_unit)") }}
    union all
    {{ resolved_term('lines', '1000', "'tonnes_of_gas'", "'ratio'", numerator_unit=tonne_of('gas'),
        denominator_unit=tonne_of('gas'), condition='error_code is null') }}
)

select * from final
