-- The performance evaluation plan of clause 10.1.1 carried out (绩效评价), a row an item and period: by when, by whom, the
-- value, the criterion, the result.
with final as (
    select
        periods.item_id,
        periods.name_zh,
        periods.name_en,
        periods.content,
        periods.monitoring_method,
        periods.accounting_method,
        periods.analysis_method,
        periods.frequency,
        periods.period_start,
        periods.period_end,
        periods.monitored_by,
        periods.due_on,
        periods.evaluator_role,
        coalesce(evaluators.person, '') as evaluator,
        periods.metric,
        metrics.name_zh as metric_zh,
        metrics.name_en as metric_en,
        coalesce(periods.object_id, '') as object_id,
        cast(periods.months_found as bigint) as months_found,
        cast(periods.value as decimal(38, 12)) as value,
        periods.unit,
        periods.criterion,
        periods.threshold,
        periods.result,
        words.reason_zh,
        words.reason_en
    from {{ ref('evaluated_periods') }} as periods
    inner join {{ source('rules', 'evaluation_metrics') }} as metrics on periods.metric = metrics.metric
    inner join {{ source('rules', 'target_words') }} as words on periods.result = words.word
    left join {{ source('plan', 'roles') }} as evaluators on periods.evaluator_role = evaluators.role_id
)

select * from final
