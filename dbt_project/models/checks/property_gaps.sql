-- How far each month's measured property lies from what it usually is, and from the nearest of its neighbours as well
-- (实测参数偏差), as shares of the usual value: a new supplier or another coal is like the months beside it.
with months as (
    select
        *,
        parameter_id || '|' || kind as series,
        cast(date_trunc('month', period_start) as date) as month,
        try_cast((cast(lowest as double) + cast(highest as double)) / 2 as decimal(38, 12)) as level
    from {{ ref('measured_properties') }}
    where aggregation = 'mean' and frequency = 'month' and kind <> 'weather'
),

usual as (
    select
        series,
        count(level) as months_known,
        median(level) as middle
    from months
    group by series
),

asked as (
    select
        *,
        unnest([-12, -1, 1, 12]) as months_away
    from months
),

nearest as (
    select
        asked.planned_id,
        asked.series,
        min(abs(asked.level - others.level)) as gap
    from asked
    left join months as others
        on asked.series = others.series and cast(asked.month + to_months(asked.months_away) as date) = others.month
    group by asked.planned_id, asked.series
),

final as (
    select
        months.planned_id,
        months.facility_id,
        months.stream_id,
        months.period_start,
        months.kind,
        months.series,
        months.level,
        usual.middle,
        usual.months_known,
        abs(months.level - usual.middle) / nullif(abs(usual.middle), 0) as gap_from_usual,
        least(abs(months.level - usual.middle), nearest.gap) / nullif(abs(usual.middle), 0) as gap
    from months
    inner join usual on months.series = usual.series
    inner join nearest on months.planned_id = nearest.planned_id and months.series = nearest.series
    where months.level is not null
)

select * from final
