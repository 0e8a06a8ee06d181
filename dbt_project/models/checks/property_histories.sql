-- Each month's measured property against its own history (实测参数历史对照): does it lie far from what the property usually is,
-- and far from every neighbouring month as well, so that a new supplier or another coal is no finding? Gross for net, dry for
-- as received and a slipped digit stand out here although they stay inside what is plausible of the fuel.
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

spread as (
    select
        months.series,
        1.4826 * median(abs(months.level - usual.middle)) as sigma
    from months
    inner join usual on months.series = usual.series
    group by months.series
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
        concat_ws('|', months.planned_id, months.kind) as row_key,
        months.planned_id,
        months.facility_id,
        months.stream_id,
        months.period_start,
        months.level,
        usual.middle as usual_level,
        try_cast(least(
            abs(months.level - usual.middle), coalesce(nearest.gap, abs(months.level - usual.middle))
        ) / nullif(abs(usual.middle), 0) as decimal(38, 6)) as gap,
        try_cast(greatest(
            {{ limit_of('DQ07', 'least_gap') }},
            {{ limit_of('DQ07', 'sigmas') }} * spread.sigma / nullif(abs(usual.middle), 0)
        ) as decimal(38, 6)) as gap_allowed,
        usual.months_known >= {{ limit_of('DQ07', 'months_of_history') }} as has_history
    from months
    inner join usual on months.series = usual.series
    inner join spread on months.series = spread.series
    inner join nearest on months.planned_id = nearest.planned_id and months.series = nearest.series
    where months.level is not null
)

select * from final
