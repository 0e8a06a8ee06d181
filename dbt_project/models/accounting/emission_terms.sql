-- The terms each line asks for (所需因子): the measured property of the month where the plan has one, else a factor to look
-- up. A gross heat value also asks for the stated ratio of net to gross; there it is optional.
with lines as (
    select * from {{ ref('emission_lines') }}
    where error_code is null
),

asked as (
    select
        lines.*,
        terms.term,
        terms.numerator is not null as is_fixed,
        terms.term_order * 10 + case when terms.term = 'gwp' then 2000 else 0 end as term_order,
        case when terms.per = 'quantity' then lines.dimension else coalesce(terms.per, '') end as term_dimension,
        concat_ws('|', lines.regime, lines.stream_id, lines.month, terms.measured_kind) as measured_id
    from lines
    inner join {{ source('rules', 'method_terms') }} as terms on lines.method_id = terms.method_id
),

met as (
    select
        asked.*,
        measured.kind,
        measured.heat_basis = 'gross' as is_gross_term,
        measured.failed_controls,
        case
            when measured.parameters_at_once > 1 then 'MEASURED_AMBIGUOUS'
            when measured.is_other_mass_basis then 'MASS_BASIS'
            when measured.denominator_dimension <> asked.term_dimension then 'UNIT_DIMENSION'
        end as term_error
    from asked
    left join {{ ref('measured_terms') }} as measured on asked.measured_id = measured.measured_id
),

terms as (
    {{ asked_term('met', 'term_order', 'term', 'term_dimension', "case
            when is_fixed then 'ratio' when kind is not null then 'measured' else 'default'
        end", 'measured_id', 'term_error', 'failed_controls') }}
    union all
    {{ asked_term('met', 'term_order + 1', "'net_per_gross'", "''", "'default'", condition='is_gross_term') }}
    union all
    {{ asked_term('lines', '1', "'net_per_gross'", "''", "'default'", condition='is_gross') }}
),

final as (
    select
        *,
        concat_ws('|', regime, term, gas, subject, stream_type, region_code, dimension, month) as need_id
    from terms
)

select * from final
