-- The alarms of each subject, open ones first, then the newest; of very many the first forty, beside how many there are.
with numbered as (
    select
        alarms.*,
        charts.name_zh as chart_zh,
        charts.name_en as chart_en,
        row_number() over (
            partition by alarms.subject_id order by alarms.is_open desc, alarms.first_alarm_on desc, alarms.alarm_id
        ) as position,
        count(*) over (partition by alarms.subject_id) as rows_in_all
    from marts.fct_alarms as alarms
    left join marts.fct_control_charts as charts on alarms.warning_id = charts.warning_id
)

select *
from numbered
where position <= 40
order by subject_id, position
