-- What calls for a review of an effective baseline (复核触发), by clause 7.4.2: alarms (a), changes of scope, boundary,
-- scale or product mix (b), of factors and methods (c; those of one month together), declared events; and growth, which
-- is listed and is none.
with alarmed as (
    select
        baselines.baseline_key, 'alarm' as trigger_kind, alarms.alarm_id as trigger_id, alarms.cause,
        alarms.cause_kind as detail, alarms.direction, alarms.first_alarm_on as found_on, alarms.began_on,
        alarms.evidence_zh, alarms.evidence_en
    from {{ ref('baselines') }} as baselines
    inner join {{ ref('alarms') }} as alarms
        on baselines.subject_id = alarms.subject_id and alarms.first_alarm_on >= make_date(baselines.last_year + 1, 1, 1)
    where alarms.measure <> 'accounted_residual'
),

changed as (
    select
        baseline_key, trigger_kind, trigger_id, min(cause), min_by(kind, cause || change_id), '', min(changed_on),
        min(changed_on),
        string_agg(evidence_zh, '；' order by change_id),
        string_agg(evidence_en, '; ' order by change_id)
    from {{ ref('reviewed_changes') }}
    group by baseline_key, trigger_kind, trigger_id
),

restated as (
    select
        baseline_key, 'restatement', strftime(edition_month, '%Y-%m'), 'c', 'edition', '', edition_month as found_on,
        edition_month as began_on,
        concat('按 ', strftime(edition_month, '%Y-%m'), ' 的因子统一重述') as evidence_zh,
        concat('every year is restated with the factors of ', strftime(edition_month, '%Y-%m')) as evidence_en
    from {{ ref('baselines') }}
    where value <> accounted_value
),

declared as (
    select
        baselines.baseline_key, 'event', events.event_id, kinds.cause, events.event_kind, '', events.happened_on as found_on,
        events.happened_on as began_on,
        concat_ws('：', kinds.name_zh, events.name_zh) || coalesce('（' || nullif(events.evidence, '') || '）', ''),
        concat_ws(': ', kinds.name_en, nullif(events.name_en, '')) || coalesce(' (' || nullif(events.evidence, '') || ')', '')
    from {{ source('plan', 'events') }} as events
    inner join {{ source('rules', 'event_kinds') }} as kinds on events.event_kind = kinds.event_kind
    inner join {{ ref('event_subjects') }} as touched on events.event_id = touched.event_id
    inner join {{ ref('baselines') }} as baselines on touched.subject_id = baselines.subject_id
    cross join {{ source('settings', 'build') }} as build
    where events.happened_on <= build.as_of and events.happened_on >= make_date(baselines.first_year, 1, 1)
),

final as (
    select * from alarmed
    union all
    select * from changed
    union all
    select * from restated
    union all
    select * from declared
    union all
    select * from {{ ref('grown_years') }}
)

select * from final
