-- The terms each line asks for (所需因子): the measured property of the month where the plan has one, else a factor to look up.
-- A gross heat value also asks for the stated ratio of net to gross; there it is optional.
with lines as (
    select * from {{ ref('emission_lines') }} where error_code is null
),

asked as (
    select
        lines.emission_id, lines.regime, lines.stream_id, lines.stream_type, lines.region_code, lines.month,
        lines.gas, lines.subject,
        terms.term_order * 10 + case when terms.term = 'gwp' then 2000 else 0 end as term_order,
        terms.term,
        case when terms.per = 'quantity' then lines.dimension else coalesce(terms.per, '') end as dimension,
        coalesce(terms.measured_kind, '') as measured_kind,
        terms.numerator, terms.denominator, terms.numerator_unit, terms.denominator_unit
    from lines
    inner join {{ ref('method_terms') }} as terms on lines.method_id = terms.method_id
),

met as (
    select
        asked.*,
        measured.parameter_id,
        measured.value,
        measured.unit as measured_unit,
        measured.numerator as measured_numerator,
        measured.denominator as measured_denominator,
        measured.numerator_unit as measured_numerator_unit,
        measured.denominator_unit as measured_denominator_unit,
        measured.heat_basis,
        measured.failed_controls,
        case
            when measured.parameters_at_once > 1 then 'MEASURED_AMBIGUOUS'
            when measured.is_other_mass_basis then 'MASS_BASIS'
            when measured.denominator_dimension <> asked.dimension then 'UNIT_DIMENSION'
        end as error_code,
        case when measured.parameters_at_once > 1 then measured.parameters_named else measured.unit end as error_found
    from asked
    left join {{ ref('measured_terms') }} as measured
        on asked.regime = measured.regime
        and asked.stream_id = measured.stream_id
        and asked.month = measured.month
        and asked.measured_kind = measured.kind
),

gross as (
    select emission_id, regime, stream_id, stream_type, region_code, month, gas, subject, term_order + 1 as term_order
    from met
    where heat_basis = 'gross'
    union all
    select emission_id, regime, stream_id, stream_type, region_code, month, gas, subject, 1 as term_order
    from lines
    where is_gross
),

final as (
    select
        met.*,
        false as is_optional,
        case when numerator is not null then 'ratio' when parameter_id is not null then 'measured' else 'default' end as basis
    from met
    union all by name
    select gross.*, 'net_per_gross' as term, '' as dimension, '' as measured_kind, true as is_optional, 'default' as basis
    from gross
)

select * from final
