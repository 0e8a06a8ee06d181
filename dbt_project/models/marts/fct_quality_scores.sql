-- The data quality score and its arithmetic (数据质量得分): per facility, by month and by year, each part as a share with its
-- weight; the points of all parts add up to the score. A part that nothing is known of takes no weight: see weight_used.
with conformity as (
    select
        facility_id,
        month,
        'conformity' as part,
        cast(count(*) filter (where status = 'PASS') as decimal(29, 6)) as have,
        cast(count(*) filter (where status <> 'MANUAL') as decimal(29, 6)) as due
    from {{ ref('control_months') }}
    where facility_id is not null and month is not null
    group by facility_id, month
),

completeness as (
    select
        facility_id,
        cast(date_trunc('month', period_start) as date) as month,
        'completeness' as part,
        cast(sum(hours_expected - hours_missing) as decimal(29, 6)) as have,
        cast(sum(hours_expected) as decimal(29, 6)) as due
    from {{ ref('admitted') }}
    group by facility_id, date_trunc('month', period_start)
),

measured as (
    select
        facility_id,
        month,
        'measured' as part,
        cast(sum(abs(cast(emissions_tco2e as decimal(22, 6))) * cast(measured_share as decimal(7, 6))) as decimal(29, 6))
            as have,
        cast(sum(abs(emissions_tco2e)) as decimal(29, 6)) as due
    from {{ ref('fct_inventory') }}
    where emissions_tco2e is not null and measured_share is not null
    group by facility_id, month
),

parts as (
    select * from conformity
    union all
    select * from completeness
    union all
    select * from measured
),

periods as (
    select facility_id, 'month' as period_kind, month as period_start, part, have, due from parts
    union all
    select facility_id, 'year', cast(date_trunc('year', month) as date), part, sum(have), sum(due)
    from parts
    group by facility_id, date_trunc('year', month), part
),

final as (
    select
        periods.facility_id,
        periods.period_kind,
        periods.period_start,
        periods.part,
        rules.position,
        cast(periods.have as decimal(38, 6)) as have,
        cast(periods.due as decimal(38, 6)) as due,
        cast(round(cast(periods.have / periods.due as double), 6) as decimal(18, 6)) as share,
        rules.weight,
        sum(rules.weight) over period as weight_used,
        cast(
            round(cast(100 * rules.weight * periods.have / periods.due / sum(rules.weight) over period as double), 4)
            as decimal(18, 4)
        ) as points
    from periods
    inner join {{ source('rules', 'quality_parts') }} as rules on periods.part = rules.part
    where periods.due > 0
    window period as (partition by periods.facility_id, periods.period_kind, periods.period_start)
)

select * from final
