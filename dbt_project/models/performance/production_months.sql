-- Production of each subject by month (产量), in its own unit: the accounted readings of its product stream.
with converted as (
    select
        subjects.subject_id,
        months.month,
        months.periods_unestimated = 0 and months.failed_controls = '' as is_complete,
        coalesce(subjects.production_base, 1) as production_base,
        {{ convert('months.best_estimate', 'ratios.numerator', 'ratios.denominator') }} as quantity
    from {{ source('plan', 'subjects') }} as subjects
    inner join {{ ref('parameter_months') }} as months
        on subjects.product_stream_id = months.stream_id
    inner join {{ ref('unit_ratios') }} as ratios
        on months.unit = ratios.from_unit and subjects.production_unit = ratios.to_unit
    where months.kind = 'production'
),

final as (
    select
        subject_id,
        month,
        {{ exact_ratio(mantissa('sum(quantity)'), mantissa('any_value(production_base)')) }} as production,
        bool_and(is_complete) as is_complete
    from converted
    group by subject_id, month
)

select * from final
