-- What calls for the review of an effective baseline (基准复核), by clause 7.4.2: alarms since its years (a), changes of scope, of
-- methods, others on record since (b, c, d), and what restating its own years moved (c). A newer version of it answers.
with triggered as (
    select
        baselines.baseline_key, alarms.cause, 'alarm' as trigger_kind, alarms.alarm_id as trigger_id,
        alarms.first_alarm_on as found_on, alarms.evidence_zh, alarms.evidence_en, cast(null as decimal(38, 12)) as effect_share
    from {{ ref('baselines') }} as baselines
    inner join {{ ref('alarms') }} as alarms
        on baselines.subject_id = alarms.subject_id and alarms.first_alarm_on >= make_date(baselines.last_year + 1, 1, 1)
    where alarms.measure <> 'accounted_residual'
    union all
    select
        baselines.baseline_key, changes.cause, 'change', changes.change_id, changes.changed_on, changes.evidence_zh,
        changes.evidence_en, null
    from {{ ref('baselines') }} as baselines
    inner join {{ ref('changes') }} as changes
        on baselines.subject_id = changes.subject_id and changes.changed_on >= make_date(baselines.last_year + 1, 1, 1)
    where changes.is_felt_restated and changes.cause in ('b', 'c')
    union all
    select
        baseline_key, 'c', 'restatement', strftime(edition_month, '%Y-%m'), edition_month,
        concat(
            '按 ', strftime(edition_month, '%Y-%m'), ' 的因子重述，基准由 ', {{ plain_number('accounted_value') }}, ' 变为 ',
            {{ plain_number('value') }}
        ),
        concat(
            'restated with the factors of ', strftime(edition_month, '%Y-%m'), ' the baseline moves from ',
            {{ plain_number('accounted_value') }}, ' to ', {{ plain_number('value') }}
        ),
        {{ exact_ratio(mantissa('(value - accounted_value)'), mantissa('accounted_value'), 6) }}
    from {{ ref('baselines') }}
    where value <> accounted_value
),

final as (
    select
        triggered.*,
        baselines.baseline_id,
        baselines.subject_id,
        baselines.facility_id,
        baselines.version,
        abs(triggered.effect_share) >= {{ performance_limit('significant_change') }} as is_significant,
        triggered.trigger_kind = 'restatement' or newer.valid_from is not null as is_answered,
        case
            when triggered.trigger_kind = 'restatement' then baselines.version else newer.version
        end as answered_by_version
    from triggered
    inner join {{ ref('baselines') }} as baselines on triggered.baseline_key = baselines.baseline_key
    left join (
        select baseline_id, max(valid_from) as valid_from, arg_max(version, valid_from) as version
        from {{ ref('planned_baselines') }} group by baseline_id
    ) as newer on baselines.baseline_id = newer.baseline_id and triggered.found_on < newer.valid_from
)

select * from final
