-- Does the stock add up (物料平衡)? Per facility, planned material and month that states an opening or a closing balance:
-- opening + receipts − consumption + other − closing, in the unit of the material's consumption in the plan.
with planned as (
    select
        parameters.source_key,
        split_part(parameters.source_key, '/', 2) as material_code,
        min(streams.facility_id) as facility_id,
        min_by(parameters.unit, case parameters.measure when 'consumption' then '0' else '1' end || parameter_id) as unit
    from {{ source('plan', 'parameters') }} as parameters
    inner join {{ source('plan', 'streams') }} as streams on parameters.stream_id = streams.stream_id
    where parameters.record_type = 'stock_movement'
    group by parameters.source_key
),

movements as (
    select
        planned.facility_id,
        planned.material_code,
        planned.unit,
        spans.measure,
        spans.is_event,
        spans.start_at as posted_at,
        cast(date_trunc('month', spans.start_at) as date) as month,
        case when spans.measure in ('consumption', 'sale', 'scrap') then -1 else 1 end as sign,
        case when spans.reason is null
            then {{ convert('spans.quantity', 'ratios.numerator', 'ratios.denominator') }}
        end as quantity
    from {{ ref('spans') }} as spans
    inner join planned on spans.source_key = planned.source_key
    left join {{ ref('unit_ratios') }} as ratios
        on spans.unit = ratios.from_unit
        and planned.unit = ratios.to_unit
    where spans.record_type = 'stock_movement'
),

dated as (
    select
        *,
        min(posted_at) over (partition by facility_id, material_code, month, measure) as first_posted_at,
        max(posted_at) over (partition by facility_id, material_code, month, measure) as last_posted_at
    from movements
),

sums as (
    select
        facility_id,
        material_code,
        month,
        unit,
        sum(case when measure = 'opening' and posted_at = first_posted_at then quantity end) as opening,
        sum(case when measure = 'closing' and posted_at = last_posted_at then quantity end) as closing,
        coalesce(sum(case when measure = 'receipt' then quantity end), 0) as receipts,
        coalesce(sum(case when measure = 'consumption' then quantity end), 0) as consumption,
        coalesce(sum(case when measure not in ('opening', 'closing', 'receipt', 'consumption') then sign * quantity end), 0)
            as other,
        count(*) > count(quantity) as has_unknown
    from dated
    group by facility_id, material_code, month, unit
),

chained as (
    select
        *,
        case when not has_unknown then opening + receipts - consumption + other - closing end as imbalance,
        lag(closing) over chain as closing_before,
        lag(month) over chain as month_before
    from sums
    where opening is not null or closing is not null
    window chain as (partition by facility_id, material_code order by month)
),

final as (
    select
        concat_ws('|', chained.facility_id, chained.material_code, cast(chained.month as varchar)) as row_key,
        chained.facility_id,
        chained.material_code,
        chained.month,
        chained.month as period_start,
        chained.unit,
        chained.opening,
        chained.receipts,
        chained.consumption,
        chained.other,
        chained.closing,
        chained.imbalance,
        case when chained.month_before = chained.month - interval 1 month then chained.opening - chained.closing_before end
            as opening_gap,
        greatest(
            abs(chained.imbalance),
            abs(case when chained.month_before = chained.month - interval 1 month
                    then chained.opening - chained.closing_before
            end)
        ) as imbalance_absolute,
        greatest(cast(abs(chained.receipts) * controls.tolerance as decimal(38, 12)), 0.001) as tolerance_quantity
    from chained
    left join {{ source('plan', 'controls') }} as controls on controls.control_id = 'DQ01'
)

select * from final
