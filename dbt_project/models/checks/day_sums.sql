-- The days of a month against the month (日合计与月值), by two ways: the month's own readings added up day by day, and a
-- daily parameter of the plan that takes the same figures as a monthly one.
with months as (
    select
        planned.*,
        cast(date_trunc('month', planned.period_start) as date) as month
    from {{ ref('planned') }} as planned
    where planned.aggregation = 'sum' and planned.frequency = 'month'
),

daily as (
    select
        parameter_id,
        cast(date_trunc('month', period_start) as date) as month,
        sum(quantity) as quantity
    from {{ ref('readings') }}
    group by parameter_id, date_trunc('month', period_start)
),

pairs as (
    select distinct
        months.parameter_id,
        months.unit,
        days.parameter_id as day_parameter_id,
        days.unit as day_unit
    from {{ source('plan', 'parameters') }} as months
    inner join {{ source('plan', 'parameters') }} as days
        on
            months.record_type = days.record_type
            and months.source_key = days.source_key
            and months.measure = days.measure
    where months.frequency = 'month' and days.frequency = 'day'
),

compared as (
    select
        months.planned_id || '|own' as row_key,
        months.planned_id, months.facility_id, months.stream_id, months.period_start, months.month,
        months.measured_quantity as month_quantity,
        daily.quantity as days_quantity
    from months
    left join daily on months.parameter_id = daily.parameter_id and months.month = daily.month
    union all
    select
        months.planned_id || '|' || pairs.day_parameter_id,
        months.planned_id, months.facility_id, months.stream_id, months.period_start, months.month,
        months.measured_quantity,
        {{ convert('daily.quantity', 'ratios.numerator', 'ratios.denominator') }}
    from months
    inner join pairs on months.parameter_id = pairs.parameter_id
    inner join {{ ref('unit_ratios') }} as ratios
        on pairs.day_unit = ratios.from_unit and pairs.unit = ratios.to_unit
    left join daily on pairs.day_parameter_id = daily.parameter_id and months.month = daily.month
),

final as (
    select
        compared.*,
        abs(compared.month_quantity - compared.days_quantity) as difference,
        controls.tolerance
    from compared
    {{ with_control('DQ03', 'compared.month') }}
)

select * from final
