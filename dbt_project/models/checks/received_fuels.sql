-- Receipts in the stock against purchases (入库与采购), by material and month, in the unit of the stock: what was bought was put
-- into store, once. It needs no stated stock, so a list of movements with rows lost, posted twice or elsewhere is seen here.
with bought as (
    select
        planned.facility_id,
        split_part(purchases.source_key, '/', 2) as material_code,
        cast(date_trunc('month', planned.period_start) as date) as month,
        planned.unit,
        min(planned.planned_id) as planned_id,
        min(planned.stream_id) as stream_id,
        case when count(planned.quantity) = count(*) then sum(planned.quantity) end as quantity
    from {{ ref('planned') }} as planned
    inner join (
        select distinct parameter_id, source_key from {{ source('plan', 'parameters') }} where record_type = 'purchase'
    ) as purchases on planned.parameter_id = purchases.parameter_id
    group by planned.facility_id, purchases.source_key, date_trunc('month', planned.period_start), planned.unit
),

compared as (
    select
        bought.planned_id,
        bought.facility_id,
        bought.stream_id,
        bought.month,
        case when not stocks.is_unknown then stocks.receipts end as receipts,
        {{ convert('bought.quantity', 'ratios.numerator', 'ratios.denominator') }} as purchases
    from bought
    inner join {{ ref('stock_months') }} as stocks
        on
            bought.facility_id = stocks.facility_id
            and bought.material_code = stocks.material_code
            and bought.month = stocks.month
    left join {{ ref('unit_ratios') }} as ratios on bought.unit = ratios.from_unit and stocks.unit = ratios.to_unit
),

final as (
    select
        compared.*,
        compared.month as period_start,
        abs(compared.receipts - compared.purchases) as difference,
        {{ times_ratio('abs(compared.purchases)', 'controls.tolerance') }} as allowed
    from compared
    {{ with_control('DQ39', 'compared.month') }}
)

select * from final
