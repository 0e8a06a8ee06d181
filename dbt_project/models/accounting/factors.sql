-- Every factor (因子), printed or computed, with the dimensions of its units and the digits the exact product multiplies.
with printed as (
    select * from {{ source('rules', 'factors') }}
    union all by name
    select * from {{ ref('computed_factors') }}
    union all by name
    select * from {{ ref('factors_computed_abatement') }}
    union all by name
    select * from {{ ref('factors_computed_gas_mixtures') }}
    union all by name
    select * from {{ ref('factors_computed_sums') }}
),

final as (
    select
        printed.factor_id,
        printed.factor_set,
        coalesce(printed.edition, '') as edition,
        printed.parameter,
        coalesce(printed.subject, '') as subject,
        coalesce(printed.subject_printed, '') as subject_printed,
        coalesce(printed.gas, '') as gas,
        coalesce(printed.region_code, '') as region_code,
        printed.value_text,
        coalesce(printed.unit_printed, '') as unit_printed,
        printed.value,
        coalesce(printed.numerator_unit, '') as numerator_unit,
        coalesce(printed.denominator_unit, '') as denominator_unit,
        concat_ws('/', nullif(printed.numerator_unit, ''), nullif(printed.denominator_unit, '')) as unit,
        coalesce(denominators.dimension, '') as denominator_dimension,
        coalesce(printed.heat_basis, '') as heat_basis,
        printed.data_year,
        printed.published_on,
        printed.valid_from,
        printed.valid_to,
        printed.source_document,
        coalesce(printed.source_locator, '') as source_locator,
        printed.verification_status,
        coalesce(printed.licence, '') as licence,
        coalesce(printed.note, '') as note
    from printed
    left join {{ source('rules', 'units') }} as denominators on printed.denominator_unit = denominators.unit
)

select * from final
