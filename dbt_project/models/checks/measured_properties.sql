-- Measured properties (实测参数), in the plan's unit: the least and greatest reading of each period, and the carbon per heat
-- that carbon content and net calorific value give together.
with readings as (
    select
        parameter_id,
        cast(date_trunc('month', period_start) as date) as month,
        min(quantity) as lowest,
        max(quantity) as highest
    from {{ ref('readings') }}
    group by parameter_id, date_trunc('month', period_start)
),

measured as (
    select
        planned.planned_id,
        planned.parameter_id,
        planned.facility_id,
        planned.stream_id,
        planned.kind,
        planned.aggregation,
        planned.frequency,
        planned.unit,
        planned.period_start,
        coalesce(streams.fuel, '') as fuel,
        case when planned.frequency = 'month' then readings.lowest else planned.measured_quantity end as lowest,
        case when planned.frequency = 'month' then readings.highest else planned.measured_quantity end as highest
    from {{ ref('planned') }} as planned
    inner join {{ source('plan', 'streams') }} as streams
        on planned.stream_id = streams.stream_id and {{ is_valid_on('planned.period_start', 'streams') }}
    left join readings
        on planned.parameter_id = readings.parameter_id and date_trunc('month', planned.period_start) = readings.month
),

per_heat as (
    select
        carbon.* replace ('carbon_per_heat' as kind, 'tC/GJ' as unit),
        try_cast(cast(carbon.lowest as double) / nullif(cast(heat.highest as double), 0) as decimal(38, 12)) as least,
        try_cast(cast(carbon.highest as double) / nullif(cast(heat.lowest as double), 0) as decimal(38, 12)) as greatest_value
    from measured as carbon
    inner join measured as heat on carbon.stream_id = heat.stream_id and carbon.period_start = heat.period_start
    where carbon.kind = 'carbon_content' and carbon.unit = 'tC/t' and heat.kind = 'ncv' and heat.unit = 'GJ/t'
),

final as (
    select * from measured
    union all
    select * exclude (lowest, highest, least, greatest_value), least, greatest_value from per_heat
)

select * from final
