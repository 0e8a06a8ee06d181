-- Every term of every restated line (重述后的取值): what was measured stays, a default is the edition's. `emission_id` is the
-- restated line's here, so that units and products are worked out as the accounts do it.
with lines as (
    select distinct restated_id, emission_id, edition_month from {{ ref('subject_lines') }}
),

asked as (
    select
        terms.* replace (lines.restated_id as emission_id),
        concat_ws(
            '|', terms.regime, terms.term, terms.gas, terms.subject, terms.stream_type, terms.region_code,
            terms.dimension, lines.edition_month
        ) as edition_need_id
    from {{ ref('emission_terms') }} as terms
    inner join lines on terms.emission_id = lines.emission_id
    where terms.basis = 'default'
),

defaults as (
    select
        asked.emission_id,
        asked.term_order,
        factors.*,
        asked.term,
        found.is_earlier_year,
        found.error_code,
        found.error_found
    from asked
    inner join {{ ref('edition_factors') }} as found on asked.edition_need_id = found.need_id
    left join {{ ref('factors') }} as factors on found.factor_id = factors.factor_id
),

final as (
    select terms.* replace (lines.restated_id as emission_id)
    from {{ ref('resolved_terms') }} as terms
    inner join lines on terms.emission_id = lines.emission_id
    where terms.basis <> 'default'
    union all by name
    {{ resolved_term('defaults', 'term_order', 'term', "'default'", value='value', value_text='value_text',
        numerator_unit='numerator_unit', denominator_unit='denominator_unit', unit='unit', heat_basis='heat_basis',
        factor_id='factor_id', is_earlier_year='is_earlier_year', error_code='error_code', error_found='error_found') }}
)

select * from final
