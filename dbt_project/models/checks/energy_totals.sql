-- Energy as reported elsewhere against the account's own (综合能耗对照), by facility and month in tonnes of coal equivalent.
-- Due where the plan has a parameter of kind reported_energy.
with reported as (
    select
        planned.planned_id,
        planned.facility_id,
        planned.stream_id,
        planned.period_start,
        cast(date_trunc('month', planned.period_start) as date) as month,
        {{ convert('planned.quantity', 'ratios.numerator', 'ratios.denominator') }} as reported_tce
    from {{ ref('planned') }} as planned
    inner join {{ ref('unit_ratios') }} as ratios on planned.unit = ratios.from_unit and ratios.to_unit = 'tce'
    where planned.kind = 'reported_energy' and planned.frequency = 'month'
),

energy as (
    select
        facility_id,
        month,
        sum(energy_tce) as energy_tce
    from {{ ref('energy_months') }}
    group by facility_id, month
),

final as (
    select
        reported.*,
        energy.energy_tce,
        abs(reported.reported_tce - cast(energy.energy_tce as decimal(38, 12))) as difference,
        {{ times_ratio('reported.reported_tce', 'controls.tolerance') }} as allowed
    from reported
    left join energy on reported.facility_id = energy.facility_id and reported.month = energy.month
    {{ with_control('DQ21', 'reported.month') }}
)

select * from final
