-- The second source of a figure (交叉校验) over the same days, in the first one's unit; only where it is whole itself.
-- The gap is unsigned, as a share of the second source.
with checked as (
    select
        own.*,
        parameters.unit,
        parameters.cross_check_parameter_id
    from {{ ref('planned_quantities') }} as own
    inner join {{ source('plan', 'parameters') }} as parameters
        on
            own.parameter_id = parameters.parameter_id
            and own.parameter_from = parameters.valid_from
            and parameters.cross_check_parameter_id <> ''
),

compared as (
    select
        own.planned_id,
        max(own.quantity) as quantity,
        {{ convert('sum(others.quantity)', 'max(ratios.numerator)', 'max(ratios.denominator)') }}
            as cross_check_quantity
    from checked as own
    inner join {{ ref('planned_quantities') }} as others
        on
            own.cross_check_parameter_id = others.parameter_id
            and date_trunc('month', own.period_start) = date_trunc('month', others.period_start)
            and own.period_start <= others.period_start
            and own.period_end >= others.period_end
    inner join {{ source('plan', 'parameters') }} as parameters
        on
            others.parameter_id = parameters.parameter_id
            and others.parameter_from = parameters.valid_from
    inner join {{ ref('unit_ratios') }} as ratios
        on
            parameters.unit = ratios.from_unit
            and own.unit = ratios.to_unit
    group by own.planned_id, own.period_start, own.period_end
    having
        count(others.quantity) = count(*)
        and sum({{ days_between('others.period_start', 'others.period_end') }})
        = {{ days_between('own.period_start', 'own.period_end') }}
),

final as (
    select
        planned_id,
        cross_check_quantity,
        case
            when cross_check_quantity <> 0 then {{ exact_ratio(
                mantissa('abs(quantity - cross_check_quantity)'), mantissa('abs(cross_check_quantity)')
            ) }}
            when quantity <> 0 then 1
            when quantity = 0 then 0
        end as cross_check_gap
    from compared
)

select * from final
