-- Each term of a line that both sides account, as it was and as it is (前后各项): its integers, scale and divisor. A term on one
-- side only stands beside 1; the sign of the line is a term as well.
with lines as (
    select * from {{ ref('paired_lines') }}
    where is_on_both
),

workings as (
    select false as is_later, terms.* from {{ source('closed', 'reported_workings') }} as terms
    union all by name
    select true as is_later, terms.* from {{ ref('workings') }} as terms
),

told as (
    select
        workings.*,
        {{ guarded_product(['workings.digits', 'workings.numerator']) }} as multiplier
    from workings
    inner join lines on workings.emission_id = lines.emission_id
),

-- a line asks for a term once, but for ratios between neighbours
numbered as (
    select *, 1 as occurrence from told where term not in ('unit_ratio', 'net_per_gross')
    union all
    select *, row_number() over (partition by emission_id, is_later, term order by term_order) as occurrence
    from told where term in ('unit_ratio', 'net_per_gross')
),

paired as (
    select
        emission_id,
        term,
        occurrence,
        count(*) = 2 as is_on_both,
    {% for side, condition in [('earlier', 'not is_later'), ('later', 'is_later')] -%}
        max(basis) filter (where {{ condition }}) as {{ side }}_basis,
        max(unit) filter (where {{ condition }}) as {{ side }}_unit,
        max(parameter_id) filter (where {{ condition }}) as {{ side }}_parameter_id,
        max(factor_id) filter (where {{ condition }}) as {{ side }}_factor_id,
        case when bool_or({{ condition }}) then max(multiplier) filter (where {{ condition }}) else 1 end
            as {{ side }}_multiplier,
        coalesce(max(cast(digits as double) * cast(numerator as double)) filter (where {{ condition }}), 1)
            as {{ side }}_size,
        coalesce(max(scale) filter (where {{ condition }}), 0) as {{ side }}_scale,
        coalesce(max(denominator) filter (where {{ condition }}), 1) as {{ side }}_divisor
        {{- ',' if not loop.last }}
    {% endfor -%}
    from numbered
    group by emission_id, term, occurrence
),

final as (
    select
        *,
        earlier_multiplier = later_multiplier and earlier_scale = later_scale and earlier_divisor = later_divisor
            as is_same,
        coalesce(earlier_unit, '') <> coalesce(later_unit, '') as is_other_unit
    from paired
    union all by name
    select
        emission_id, 'sign' as term, 1 as occurrence, true as is_on_both, 0 as earlier_scale, 0 as later_scale,
        earlier_sign as earlier_multiplier, later_sign as later_multiplier, earlier_sign as earlier_size,
        later_sign as later_size, 1 as earlier_divisor, 1 as later_divisor, 'ratio' as earlier_basis,
        'ratio' as later_basis, earlier_sign = later_sign as is_same, false as is_other_unit
    from lines
    union all by name
    -- a site that the company owns a part of: the part is a term as well
    select
        emission_id, 'consolidation_share' as term, 1 as occurrence, true as is_on_both,
        {{ scale_of('earlier_share') }} as earlier_scale, {{ scale_of('later_share') }} as later_scale,
        {{ digits_of('earlier_share') }} as earlier_multiplier, {{ digits_of('later_share') }} as later_multiplier,
        cast({{ digits_of('earlier_share') }} as double) as earlier_size,
        cast({{ digits_of('later_share') }} as double) as later_size, 1 as earlier_divisor, 1 as later_divisor,
        'share' as earlier_basis, 'share' as later_basis, earlier_share = later_share as is_same, false as is_other_unit
    from lines
    where earlier_share <> 1 or later_share <> 1
)

select * from final
