-- What may be accounted (准入): per accounted period the measured value, or for a gap both the best estimate and the
-- substitute by the plan's rule; the regime picks. A gap without a rule stays a gap. Nothing is overwritten.
with directed as (
    select
        planned.*,
        rules.rule_id,
        rules.algorithm,
        rules.answers_control,
        case rules.direction when 'conservative' then types.conservative_direction else rules.direction end as direction,
        case
            when planned.aggregation <> 'sum' or planned.hours_missing >= planned.hours_expected then 0
            else coalesce(planned.measured_quantity, 0)
        end as kept_quantity,
        least(fills.adjacent_fill, fills.rated_fill) as adjacent_fill,
        least(fills.last_year_fill, fills.rated_fill) as last_year_fill,
        fills.rated_fill
    from {{ ref('planned') }} as planned
    left join {{ ref('missing_data_rules') }} as rules
        on planned.missing_rule = rules.rule_id
        and planned.quantity is null
    left join {{ ref('stream_types') }} as types on planned.stream_type = types.stream_type
    left join {{ ref('gap_fills') }} as fills on planned.planned_id = fills.planned_id
    where planned.role = 'account'
),

-- least and greatest skip nulls: with one of the two values, that one counts.
conservative as (
    select
        *,
        case when direction = 'down' then least(adjacent_fill, last_year_fill)
            else greatest(adjacent_fill, last_year_fill)
        end as conservative_fill
    from directed
),

filled as (
    select
        *,
        case when algorithm <> 'default_factor' then adjacent_fill end as best_fill,
        case algorithm
            when 'highest_of_adjacent_and_last_year' then conservative_fill
            when 'cross_check' then coalesce(cross_check_quantity - kept_quantity, conservative_fill)
            when 'cross_check_else_rated'
                then coalesce(cross_check_quantity - kept_quantity, case when direction = 'down' then 0 else rated_fill end)
        end as rule_fill
    from conservative
),

final as (
    select
        * exclude (
            aggregation, algorithm, answers_control, direction, kept_quantity, adjacent_fill, last_year_fill, rated_fill,
            conservative_fill, best_fill, rule_fill, basis, rule_id
        ),
        case when quantity is not null then quantity else kept_quantity + best_fill end as best_estimate,
        case when quantity is not null then quantity else kept_quantity + rule_fill end as substitute,
        case
            when quantity is not null then basis
            when algorithm = 'default_factor' then 'default'
            when rule_fill is not null then 'substituted'
            else 'missing'
        end as basis,
        case when rule_fill is not null or algorithm = 'default_factor' then rule_id end as rule_id,
        case when quantity is not null then 0 else best_fill end as fill_best_estimate,
        case when quantity is not null then 0 else rule_fill end as fill_substitute,
        '' as failed_controls
    from filled
)

select * from final
