-- The evaluation plan, an item a row: its newest period that was due, how its periods went so far, and when the next is due.
with judged as (
    select
        *,
        row_number() over (partition by item_id order by period_start desc) as position,
        count(*) filter (where result = 'met') over (partition by item_id) as periods_met,
        count(*) over (partition by item_id) as periods_due
    from marts.fct_evaluations
    where result != 'not_due'
),

ahead as (
    select item_id, min(due_on) as next_due_on
    from marts.fct_evaluations
    where result = 'not_due'
    group by item_id
),

items as (
    select
        item_id,
        any_value(name_zh) as name_zh,
        any_value(name_en) as name_en,
        any_value(content) as content,
        any_value(analysis_method) as analysis_method,
        any_value(frequency) as frequency,
        any_value(evaluator_role) as evaluator_role,
        any_value(evaluator) as evaluator,
        any_value(metric_zh) as metric_zh,
        any_value(metric_en) as metric_en,
        any_value(object_id) as object_id,
        any_value(criterion) as criterion
    from marts.fct_evaluations
    group by item_id
)

select
    items.*,
    judged.period_start,
    judged.period_end,
    judged.due_on,
    judged.value,
    judged.unit,
    judged.threshold,
    coalesce(judged.result, 'not_due') as result,
    coalesce(judged.periods_met, 0) as periods_met,
    coalesce(judged.periods_due, 0) as periods_due,
    ahead.next_due_on
from items
left join judged on items.item_id = judged.item_id and judged.position = 1
left join ahead on items.item_id = ahead.item_id
order by items.item_id
