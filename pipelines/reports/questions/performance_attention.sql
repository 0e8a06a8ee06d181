-- What needs a hand now: alarms whose last point still alarms, reviews that wait, targets that will not be met as things go, and
-- items of the evaluation plan whose newest period that is due is not met.
with alarms as (
    select
        'alarm' as kind,
        'E' as level,
        alarms.subject_id,
        charts.name_zh as what_zh,
        charts.name_en as what_en,
        alarms.alarm_id as object_id,
        alarms.began_on as since,
        null::date as due_on,
        alarms.direction,
        alarms.cause,
        alarms.evidence_zh,
        alarms.evidence_en
    from marts.fct_alarms as alarms
    left join marts.fct_control_charts as charts on alarms.warning_id = charts.warning_id
    where alarms.is_open
),

reviews as (
    select
        'review' as kind,
        'W' as level,
        subject_id,
        baseline_key as what_zh,
        baseline_key as what_en,
        review_id as object_id,
        found_on as since,
        due_on,
        cause,
        evidence_zh,
        evidence_en
    from marts.fct_baseline_reviews
    where status in ('open', 'proposed')
),

targets as (
    select
        'target' as kind,
        if(targets.status = 'off', 'E', 'W') as level,
        targets.subject_id,
        targets.name_zh as what_zh,
        targets.name_en as what_en,
        targets.target_id as object_id,
        targets.seen_month as since,
        progress.gap_share,
        progress.reason_zh as evidence_zh,
        progress.reason_en as evidence_en
    from marts.fct_targets as targets
    left join marts.fct_target_progress as progress
        on targets.target_id = progress.target_id and targets.seen_month = progress.cut_month
    where targets.status in ('off', 'at_risk')
),

judged as (
    select *
    from marts.fct_evaluations
    where result != 'not_due'
    qualify row_number() over (partition by item_id order by period_start desc) = 1
),

evaluations as (
    select
        'evaluation' as kind,
        'W' as level,
        '' as subject_id,
        name_zh as what_zh,
        name_en as what_en,
        item_id as object_id,
        period_start as since,
        due_on,
        value,
        criterion,
        threshold,
        metric_zh as evidence_zh,
        metric_en as evidence_en
    from judged
    where result in ('not_met', 'no_data')
),

found as (
    select * from alarms
    union all by name
    select * from reviews
    union all by name
    select * from targets
    union all by name
    select * from evaluations
)

select
    found.*,
    subjects.name_zh as subject_zh,
    subjects.name_en as subject_en
from found
left join plan.subjects as subjects on found.subject_id = subjects.subject_id
order by list_position(['alarm', 'target', 'evaluation', 'review'], found.kind), found.due_on, found.since desc, found.object_id
