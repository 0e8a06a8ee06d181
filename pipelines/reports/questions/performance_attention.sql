-- What needs a hand now: alarms whose last point still alarms, and reviews of baselines that nothing has answered.
with alarms as (
    select
        'alarm' as kind,
        'E' as level,
        alarms.subject_id,
        charts.name_zh as what_zh,
        charts.name_en as what_en,
        alarms.alarm_id as object_id,
        alarms.began_on as since,
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
        trigger_id as object_id,
        found_on as since,
        '' as direction,
        cause,
        evidence_zh,
        evidence_en
    from marts.fct_baseline_reviews
    where not is_answered
),

found as (
    select * from alarms
    union all by name
    select * from reviews
)

select
    found.*,
    subjects.name_zh as subject_zh,
    subjects.name_en as subject_en
from found
left join plan.subjects as subjects on found.subject_id = subjects.subject_id
order by list_position(['alarm', 'review'], found.kind), found.since desc, found.object_id
