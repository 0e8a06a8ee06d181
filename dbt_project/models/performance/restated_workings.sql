-- The workings of every restated line (重述计算过程): its terms and the exact ratios between their units.
with lines as (
    select distinct restated_id, emission_id from {{ ref('subject_lines') }}
),

terms as (
    select * from {{ ref('restated_terms') }}
    where term <> 'tonnes_of_gas'
    union all
    {{ resolved_term(ref('restated_joints'), 'term_order - 1', "'unit_ratio'", "'ratio'",
        value_text="concat_ws('/', numerator, denominator)", numerator='numerator', denominator='denominator',
        unit='unit', error_code='error_code', error_found='error_found') }}
),

final as (
    select
        terms.emission_id as restated_id,
        terms.* replace (lines.emission_id as emission_id)
    from terms
    inner join lines on terms.emission_id = lines.restated_id
)

select * from final
