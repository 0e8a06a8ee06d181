-- The plan's rule applied to each gap (缺失处理) and to each lapsed calibration: a best estimate, and the substitute the rule
-- prescribes, which never lowers emissions against it. One row per reading, regime and rule; null: nothing to go by.
with offered as (
    select
        rules.*,
        gaps.cause,
        gaps.kept_quantity,
        fills.adjacent_fill,
        fills.interpolated_fill,
        fills.rated_fill,
        case rules.direction
            when 'down' then least(fills.adjacent_fill, fills.last_year_fill)
            when 'up' then greatest(fills.adjacent_fill, fills.last_year_fill)
            else fills.adjacent_fill
        end as conservative_fill,
        -- the second source settles the whole period, unless it lies below what was measured
        case when gaps.cross_check_quantity >= gaps.kept_quantity then gaps.cross_check_quantity - gaps.kept_quantity end
            as bill_fill,
        case when gaps.cross_check_quantity < gaps.kept_quantity then 0 end as lower_bill_fill,
        case
            when rules.rule_unit is null or rules.rule_unit = gaps.unit then rules.rule_value
            else {{ convert('rules.rule_value', 'ratios.numerator', 'ratios.denominator') }}
        end as constant_fill
    from {{ ref('gaps') }} as gaps
    inner join {{ ref('gap_rules') }} as rules on gaps.planned_id = rules.planned_id
    inner join {{ ref('gap_fills') }} as fills on rules.planned_id = fills.planned_id and rules.regime = fills.regime
    left join {{ ref('unit_ratios') }} as ratios on rules.rule_unit = ratios.from_unit and gaps.unit = ratios.to_unit
),

compared as (
    select
        *,
        case when direction = 'down' then 0 else rated_fill end as worst_fill,
        case direction
            when 'down' then least(conservative_fill, bill_fill, lower_bill_fill)
            else greatest(conservative_fill, bill_fill)
        end as all_sources_fill
    from offered
),

ruled as (
    select
        *,
        case case when is_within_limit then algorithm end
            when 'highest_of_adjacent_and_last_year' then conservative_fill
            when 'conservative_of_all_sources' then all_sources_fill
            when 'cross_check' then coalesce(bill_fill, conservative_fill)
            when 'cross_check_else_rated' then coalesce(bill_fill, worst_fill)
            when 'linear_interpolation' then interpolated_fill
            when 'constant' then constant_fill
        end as fill_substitute
    from compared
),

final as (
    select
        planned_id, regime, rule_id, answers_control, cause, direction, kept_quantity,
        true as is_gap,
        algorithm = 'default_factor' and is_within_limit as is_default,
        case when algorithm = 'default_factor' then adjacent_fill end as default_estimate,
        case
            when fill_substitute is null or estimate_by = 'substitute' then fill_substitute
            when direction = 'down' then greatest(adjacent_fill, fill_substitute)
            when direction = 'up' then least(adjacent_fill, fill_substitute)
            else coalesce(adjacent_fill, fill_substitute)
        end as fill_best_estimate,
        fill_substitute
    from ruled
    union all by name
    select * from {{ ref('calibration_substitutes') }}
)

select * from final
