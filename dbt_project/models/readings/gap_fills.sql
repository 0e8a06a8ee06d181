-- What a gap may be filled with (缺口填补): k whole periods each side, last year's same period, rated capacity.
-- One row per accounted period that is not whole and whose parameter names a rule; substitutes picks among the values.
with periods as (
    select
        *,
        cast(round(hours_expected * 3600) as bigint) as seconds,
        count(quantity) over (
            partition by parameter_id order by period_start rows between unbounded preceding and current row
        ) as whole_count
    from {{ ref('planned') }}
    where role = 'account'
),

gaps as (
    select
        periods.*,
        rules.k,
        cast(round(periods.hours_missing * 3600) as bigint) as seconds_missing
    from periods
    inner join {{ source('rules', 'missing_data_rules') }} as rules on periods.missing_rule = rules.rule_id
    where periods.quantity is null
),

-- The n-th whole period of a parameter has whole_count n; a gap behind it carries n too.
adjacent as (
    select
        gaps.planned_id,
        sum(wholes.quantity) as quantity,
        cast(sum(wholes.seconds) as bigint) as seconds,
        count(*) as period_count
    from gaps
    inner join periods as wholes
        on
            gaps.parameter_id = wholes.parameter_id
            and gaps.whole_count - gaps.k < wholes.whole_count
            and gaps.whole_count + gaps.k >= wholes.whole_count
    where wholes.quantity is not null
    group by gaps.planned_id
),

final as (
    select
        gaps.planned_id,
        case gaps.aggregation
            when 'mean' then {{ exact_share('adjacent.quantity', 1, 'adjacent.period_count', 6) }}
            when 'sum' then {{ exact_share('adjacent.quantity', 'gaps.seconds_missing', 'adjacent.seconds', 6) }}
        end as adjacent_fill,
        case gaps.aggregation
            when 'mean' then last_year.quantity
            when 'sum' then {{ exact_share('last_year.quantity', 'gaps.seconds_missing', 'last_year.seconds', 6) }}
        end as last_year_fill,
        case
            when gaps.aggregation = 'sum' then {{ exact_share('gaps.rated_per_hour', 'gaps.seconds_missing', 3600, 6) }}
        end as rated_fill
    from gaps
    left join adjacent on gaps.planned_id = adjacent.planned_id
    left join periods as last_year
        on
            gaps.parameter_id = last_year.parameter_id
            and cast(gaps.period_start - interval 1 year as date) = last_year.period_start
            and last_year.quantity is not null
)

select * from final
