-- What on record may have caused each alarm (预警可能原因): changes from shortly before the run began up to the first alarm, those of
-- scope and boundary before those of factors and methods before others, the nearest first.
with final as (
    select
        runs.alarm_id,
        changes.change_id,
        changes.cause,
        changes.kind,
        changes.changed_on,
        changes.evidence_zh,
        changes.evidence_en,
        row_number() over (
            partition by runs.alarm_id
            order by changes.cause, abs(changes.changed_on - runs.began_on), changes.change_id
        ) as position
    from {{ ref('alarm_runs') }} as runs
    inner join {{ ref('control_charts') }} as charts on runs.warning_id = charts.warning_id
    inner join {{ ref('changes') }} as changes on runs.subject_id = changes.subject_id
    where
        (changes.is_felt_restated or charts.measure = 'accounted_residual')
        and changes.lasts_until > case charts.grain
            when 'month' then cast(runs.began_on - to_months(cast({{ performance_limit('cause_months') }} as integer)) as date)
            else runs.began_on - cast({{ performance_limit('cause_days') }} as integer)
        end
        and changes.changed_on < cast(
            runs.first_alarm_on + case charts.grain when 'month' then interval 1 month else interval 1 day end as date
        )
)

select * from final
