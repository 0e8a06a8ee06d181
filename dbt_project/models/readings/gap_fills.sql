-- What a gap may be filled with (缺口填补): the mean of the k whole periods each side, and last year's same period.
-- One row per accounted period that is not whole and whose parameter names a rule; which value is used is admitted's to say.
with periods as (
    select
        *,
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
    inner join {{ ref('missing_data_rules') }} as rules on periods.missing_rule = rules.rule_id
    where periods.quantity is null
),

-- The n-th whole period of a parameter has whole_count n; a gap after it carries n too.
adjacent as (
    select
        gaps.planned_id,
        sum(wholes.quantity) as quantity,
        cast(round(sum(wholes.hours_expected) * 3600) as bigint) as seconds,
        count(*) as period_count
    from gaps
    inner join periods as wholes
        on gaps.parameter_id = wholes.parameter_id
        and wholes.quantity is not null
        and wholes.whole_count > gaps.whole_count - gaps.k
        and wholes.whole_count <= gaps.whole_count + gaps.k
    group by gaps.planned_id
),

last_year as (
    select
        gaps.planned_id,
        wholes.quantity,
        cast(round(wholes.hours_expected * 3600) as bigint) as seconds
    from gaps
    inner join periods as wholes
        on gaps.parameter_id = wholes.parameter_id
        and wholes.quantity is not null
        and wholes.period_start = cast(gaps.period_start - interval 1 year as date)
),

final as (
    select
        gaps.planned_id,
        case when gaps.aggregation = 'mean' then {{ exact_share('adjacent.quantity', 1, 'adjacent.period_count', 6) }}
            else {{ exact_share('adjacent.quantity', 'gaps.seconds_missing', 'adjacent.seconds', 6) }}
        end as adjacent_fill,
        case when gaps.aggregation = 'mean' then last_year.quantity
            else {{ exact_share('last_year.quantity', 'gaps.seconds_missing', 'last_year.seconds', 6) }}
        end as last_year_fill,
        case when gaps.aggregation = 'sum'
            then {{ exact_share('gaps.rated_per_hour', 'gaps.seconds_missing', 3600, 6) }}
        end as rated_fill
    from gaps
    left join adjacent on gaps.planned_id = adjacent.planned_id
    left join last_year on gaps.planned_id = last_year.planned_id
)

select * from final
