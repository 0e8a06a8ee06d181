-- The performance evaluation plan carried out (绩效评价执行, clause 10.1.1): each item's periods with the days by which it is
-- monitored and evaluated, the value, and whether it meets its criterion. A period without data says so.
with measured as (
    select
        periods.item_id,
        periods.period_start,
        periods.valid_from,
        count(found.month) as months_found,
        max(found.month) as last_month,
        sum(found.numerator) as numerator,
        sum(found.denominator) as denominator,
        arg_max(found.numerator, found.month) as last_numerator,
        arg_max(found.denominator, found.month) as last_denominator
    from {{ ref('evaluation_periods') }} as periods
    inner join {{ ref('metric_months') }} as found
        on
            periods.metric = found.metric
            and coalesce(periods.object_id, '') = found.object_id
            and periods.period_start <= found.month
            and periods.period_end > found.month
    group by periods.item_id, periods.period_start, periods.valid_from
),

valued as (
    select
        periods.*,
        metrics.aggregation,
        metrics.unit,
        periods.period_end - 1 + periods.monitored_within_days as monitored_by,
        periods.period_end - 1 + periods.evaluated_within_days as due_on,
        coalesce(measured.months_found, 0) as months_found,
        case metrics.aggregation
            when 'sum' then measured.numerator
            when 'ratio' then {{ exact_ratio(mantissa('measured.numerator'), mantissa('measured.denominator'), 6) }}
            else coalesce(
                {{ exact_ratio(mantissa('measured.last_numerator'), mantissa('measured.last_denominator'), 6) }},
                case when measured.last_denominator is null then measured.last_numerator end
            )
        end as value
    from {{ ref('evaluation_periods') }} as periods
    inner join {{ source('rules', 'evaluation_metrics') }} as metrics on periods.metric = metrics.metric
    left join measured
        on
            periods.item_id = measured.item_id
            and periods.period_start = measured.period_start
            and periods.valid_from = measured.valid_from
),

final as (
    select
        *,
        case
            when due_on > as_of then 'not_due'
            when value is null then 'no_data'
            when criterion = 'at_least' and value >= threshold then 'met'
            when criterion = 'at_most' and value <= threshold then 'met'
            else 'not_met'
        end as result
    from valued
)

select * from final
