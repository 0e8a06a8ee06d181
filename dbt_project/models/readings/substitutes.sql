-- The plan's rule applied to each gap (缺失处理): a best estimate, and the substitute the rule prescribes, which never
-- lowers emissions against it. One row per gap whose parameter names a rule; null where there is nothing to go by.
with gaps as (
    select
        planned.planned_id,
        planned.cross_check_quantity,
        rules.rule_id,
        rules.algorithm,
        rules.answers_control,
        case rules.direction when 'conservative' then types.conservative_direction else rules.direction end
            as direction,
        case
            when planned.aggregation <> 'sum' or planned.hours_missing >= planned.hours_expected then 0
            else coalesce(planned.measured_quantity, 0)
        end as kept_quantity,
        case when fills.adjacent_fill is not null then least(fills.adjacent_fill, fills.rated_fill) end
            as adjacent_fill,
        case when fills.last_year_fill is not null then least(fills.last_year_fill, fills.rated_fill) end
            as last_year_fill,
        fills.rated_fill
    from {{ ref('planned') }} as planned
    inner join {{ ref('gap_fills') }} as fills on planned.planned_id = fills.planned_id
    inner join {{ source('rules', 'missing_data_rules') }} as rules on planned.missing_rule = rules.rule_id
    left join {{ source('rules', 'stream_types') }} as types on planned.stream_type = types.stream_type
),

-- A bill for the whole period settles the gap, unless it lies below what was measured. least and greatest skip nulls.
conservative as (
    select
        *,
        case when cross_check_quantity >= kept_quantity then cross_check_quantity - kept_quantity end as bill_fill,
        case
            when direction = 'down' then least(adjacent_fill, last_year_fill)
            else greatest(adjacent_fill, last_year_fill)
        end as conservative_fill
    from gaps
),

ruled as (
    select
        *,
        case algorithm
            when 'highest_of_adjacent_and_last_year' then conservative_fill
            when 'cross_check' then coalesce(bill_fill, conservative_fill)
            when 'cross_check_else_rated'
                then coalesce(bill_fill, case when direction = 'down' then 0 else rated_fill end)
        end as fill_substitute
    from conservative
),

final as (
    select
        planned_id,
        rule_id,
        answers_control,
        kept_quantity,
        algorithm = 'default_factor' as is_default,
        case
            when fill_substitute is null then null
            when direction = 'down' then greatest(adjacent_fill, fill_substitute)
            else least(adjacent_fill, fill_substitute)
        end as fill_best_estimate,
        fill_substitute
    from ruled
)

select * from final
