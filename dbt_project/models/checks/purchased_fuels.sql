-- Consumption by purchases and stock against consumption as issued (购入盘存与领用), by material and month where a stock is
-- stated and the plan has the purchases: opening + bought + other − closing, in the unit of the stock.
with bought as (
    select
        purchases.source_key,
        planned.facility_id,
        cast(date_trunc('month', planned.period_start) as date) as month,
        planned.unit,
        sum(planned.quantity) as quantity,
        count(*) > count(planned.quantity) as is_unknown
    from {{ ref('planned') }} as planned
    inner join (
        select distinct parameter_id, source_key from {{ source('plan', 'parameters') }} where record_type = 'purchase'
    ) as purchases on planned.parameter_id = purchases.parameter_id
    group by all
),

compared as (
    select
        balances.*,
        balances.opening + {{ convert('bought.quantity', 'ratios.numerator', 'ratios.denominator') }}
        + balances.other - balances.closing as consumed_by_purchases
    from {{ ref('fuel_stocks') }} as balances
    inner join bought
        on
            balances.facility_id = bought.facility_id
            and balances.material_code = split_part(bought.source_key, '/', 2)
            and balances.month = bought.month
    left join {{ ref('unit_ratios') }} as ratios on bought.unit = ratios.from_unit and balances.unit = ratios.to_unit
),

final as (
    select
        compared.row_key,
        compared.planned_id,
        compared.facility_id,
        compared.stream_id,
        compared.month as period_start,
        compared.consumption,
        compared.consumed_by_purchases,
        abs(compared.consumption - compared.consumed_by_purchases) as difference,
        {{ times_ratio('abs(compared.consumption)', 'controls.tolerance') }} as allowed,
        {{ times_ratio('abs(compared.consumption)', 'warning.tolerance') }} as allowed_without_warning
    from compared
    {{ with_control('DQ02', 'compared.month') }}
    left join {{ source('plan', 'controls') }} as warning
        on warning.control_id = 'DQ36' and {{ is_in_force('warning', 'compared.month') }}
)

select * from final
