-- Early warnings (数据预警): each alarm with its likely cause among those of clause 7.4.2 and its evidence. Without any change on
-- record it is the operation itself (a): it performs worse or better than the baseline.
with causes as (
    select
        alarm_id,
        arg_min(cause, position) as cause,
        arg_min(kind, position) as kind,
        count(*) as changes_found,
        string_agg(evidence_zh, '；' order by position) filter (where position <= 5) as evidence_zh,
        string_agg(evidence_en, '; ' order by position) filter (where position <= 5) as evidence_en
    from {{ ref('alarm_causes') }}
    group by alarm_id
),

-- a holiday is no change on record; of days without one it is the likelier story
holidays as (
    select
        runs.alarm_id,
        string_agg(rested.name_zh, '、' order by rested.first_date) as name_zh,
        string_agg(rested.name_en, ', ' order by rested.first_date) as name_en
    from {{ ref('alarm_runs') }} as runs
    inner join {{ ref('control_charts') }} as charts on runs.warning_id = charts.warning_id and charts.grain = 'day'
    inner join {{ source('rules', 'statutory_holidays') }} as rested
        on
            rested.first_date - cast({{ performance_limit('holiday_days') }} as integer) <= runs.last_alarm_on
            and rested.last_date + cast({{ performance_limit('holiday_days') }} as integer) >= runs.first_alarm_on
    group by runs.alarm_id
),

final as (
    select
        runs.alarm_id,
        runs.warning_id,
        runs.subject_id,
        runs.facility_id,
        charts.chart,
        charts.measure,
        charts.grain,
        charts.baseline_id,
        runs.direction,
        runs.began_on,
        runs.first_alarm_on,
        runs.last_alarm_on,
        runs.points,
        runs.is_open,
        runs.rules,
        runs.extreme_value,
        coalesce(causes.cause, 'a') as cause,
        coalesce(causes.kind, case when holidays.alarm_id is null then 'operation' else 'holiday' end) as cause_kind,
        coalesce(causes.changes_found, 0) as changes_found,
        coalesce(causes.evidence_zh, holidays.name_zh || '假期前后，没有登记外部变化：更可能是停产或轮休', concat(
            runs.began_on, ' 前后没有登记任何外部变化：运行绩效', case runs.direction when 'down' then '变好' else '变差' end
        )) as evidence_zh,
        coalesce(causes.evidence_en, 'around ' || holidays.name_en || ', no change on record: rather the plant at rest', concat(
            'no change is on record around ', runs.began_on, ': the operation performs ',
            case runs.direction when 'down' then 'better' else 'worse' end
        )) as evidence_en
    from {{ ref('alarm_runs') }} as runs
    inner join {{ ref('control_charts') }} as charts on runs.warning_id = charts.warning_id
    left join causes on runs.alarm_id = causes.alarm_id
    left join holidays on runs.alarm_id = holidays.alarm_id
)

select * from final
