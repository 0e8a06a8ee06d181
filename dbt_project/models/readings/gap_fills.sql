-- What a gap may be filled with (缺口填补): k whole periods each side, last year's same period, a straight line between its
-- neighbours, rated capacity. One row per gap and rule that applies; substitutes picks among the values.
with wholes as (
    select
        parameter_id,
        period_start,
        quantity,
        cast(round(hours_expected * 3600) as bigint) as seconds,
        row_number() over (partition by parameter_id order by period_start) as whole_number
    from {{ ref('planned') }}
    where role = 'account' and quantity is not null
),

ruled as (
    select
        gaps.*,
        rules.regime,
        rules.k
    from {{ ref('gaps') }} as gaps
    inner join {{ ref('gap_rules') }} as rules on gaps.planned_id = rules.planned_id
),

adjacent as (
    select
        ruled.planned_id,
        ruled.regime,
        sum(wholes.quantity) as quantity,
        cast(sum(wholes.seconds) as bigint) as seconds,
        count(*) as period_count
    from ruled
    inner join wholes
        on
            ruled.parameter_id = wholes.parameter_id
            and ruled.whole_count - ruled.k < wholes.whole_number
            and ruled.whole_count + ruled.k >= wholes.whole_number
    group by ruled.planned_id, ruled.regime
),

filled as (
    select
        ruled.*,
        {{ fill_of('adjacent.quantity', 'adjacent.seconds', 'adjacent.period_count') }} as adjacent_fill,
        {{ fill_of('last_year.quantity', 'last_year.seconds') }} as last_year_fill,
        round(
            {{ fill_of('befores.quantity', 'befores.seconds', '(run_length + 1)', '(run_length + 1 - position)', 12) }}
            + {{ fill_of('afters.quantity', 'afters.seconds', '(run_length + 1)', 'position', 12) }}, 6
        ) as interpolated_fill,
        case when aggregation = 'sum' then {{ exact_share('rated_per_hour', 'seconds_missing', 3600, 6) }} end
            as rated_fill
    from ruled
    left join adjacent on ruled.planned_id = adjacent.planned_id and ruled.regime = adjacent.regime
    left join wholes as befores
        on ruled.parameter_id = befores.parameter_id and ruled.whole_count = befores.whole_number
    left join wholes as afters
        on ruled.parameter_id = afters.parameter_id and ruled.whole_count + 1 = afters.whole_number
    left join wholes as last_year
        on
            ruled.parameter_id = last_year.parameter_id
            and cast(ruled.period_start - interval 1 year as date) = last_year.period_start
),

-- no fill lies above what the meter could have counted; least skips a capacity that is not known
final as (
    select
        planned_id,
        regime,
        case when adjacent_fill is not null then least(adjacent_fill, rated_fill) end as adjacent_fill,
        case when last_year_fill is not null then least(last_year_fill, rated_fill) end as last_year_fill,
        case when interpolated_fill is not null then least(interpolated_fill, rated_fill) end as interpolated_fill,
        rated_fill
    from filled
)

select * from final
