-- Every gap of an accounted parameter (数据缺口): a period that is not whole, why, and how long the run is that it stands in.
-- A period that came whole ends a run; the run's hours decide whether a rule still applies.
with periods as (
    select
        *,
        count(quantity) over (
            partition by parameter_id order by period_start rows between unbounded preceding and current row
        ) as whole_count
    from {{ ref('planned') }}
    where role = 'account'
),

runs as (
    select
        *,
        sum(hours_missing) over (partition by parameter_id, whole_count) as run_hours,
        count(*) over (partition by parameter_id, whole_count) as run_length,
        row_number() over (partition by parameter_id, whole_count order by period_start) as position
    from periods
    where quantity is null
),

-- figures that came and could not be used: an unknown unit or movement, two spans over the same hours
refused as (
    select distinct runs.planned_id
    from runs
    inner join {{ ref('readings') }} as readings
        on
            runs.parameter_id = readings.parameter_id
            and runs.period_start <= readings.period_start
            and runs.period_end > readings.period_start
    where readings.reason <> 'NUM_BLANK'
),

final as (
    select
        runs.planned_id,
        runs.parameter_id,
        runs.stream_type,
        runs.aggregation,
        runs.unit,
        runs.period_start,
        runs.missing_rule,
        runs.cross_check_quantity,
        runs.rated_per_hour,
        runs.whole_count,
        runs.run_hours,
        runs.run_length,
        runs.position,
        cast(round(runs.hours_missing * 3600) as bigint) as seconds_missing,
        case
            when refused.planned_id is not null then 'quarantined'
            when runs.hours_missing < runs.hours_expected then 'outage'
            else 'nothing_came'
        end as cause,
        case
            when runs.aggregation <> 'sum' or runs.hours_missing >= runs.hours_expected then 0
            else coalesce(runs.measured_quantity, 0)
        end as kept_quantity
    from runs
    left join refused on runs.planned_id = refused.planned_id
)

select * from final
