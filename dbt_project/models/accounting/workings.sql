-- The workings (计算过程): one row per term, so that any tonne prints as its product and walks back to its source. Between
-- two terms whose units differ stands their exact ratio; a pair that has none is an error, never a silent conversion.
with terms as (
    select * from {{ ref('resolved_terms') }}
    where term <> 'tonnes_of_gas'
    union all
    {{ resolved_term(ref('unit_joints'), 'term_order - 1', "'unit_ratio'", "'ratio'",
        value_text="concat_ws('/', numerator, denominator)", numerator='numerator', denominator='denominator',
        unit='unit', error_code='error_code', error_found='error_found') }}
),

final as (
    select
        terms.emission_id,
        terms.term_order,
        terms.term,
        terms.basis,
        terms.value_text,
        terms.digits,
        terms.scale,
        terms.numerator,
        terms.denominator,
        terms.unit,
        terms.factor_id,
        terms.is_earlier_year,
        factors.edition,
        factors.source_document,
        factors.source_locator,
        factors.verification_status,
        terms.parameter_id,
        terms.error_code,
        terms.error_found
    from terms
    left join {{ ref('factors') }} as factors on terms.factor_id = factors.factor_id
)

select * from final
