-- Stock movements of planned materials by month (物料月汇总), in the unit of the material's consumption in the plan.
-- Out-movements are positive, `other` keeps the house sign. A movement that cannot be read makes the month unknown.
with planned as (
    select
        parameters.source_key,
        split_part(parameters.source_key, '/', 2) as material_code,
        min(streams.facility_id) as facility_id,
        min_by(
            parameters.unit,
            case parameters.measure when 'consumption' then '0' else '1' end || parameters.parameter_id
        ) as unit
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
        spans.start_at as posted_at,
        cast(date_trunc('month', spans.start_at) as date) as month,
        case when spans.measure in ('consumption', 'sale', 'scrap') then -1 else 1 end as sign,
        case
            when spans.reason is null
                then {{ convert('spans.quantity', 'ratios.numerator', 'ratios.denominator') }}
        end as quantity
    from {{ ref('spans') }} as spans
    inner join planned on spans.source_key = planned.source_key
    left join {{ ref('unit_ratios') }} as ratios
        on
            spans.unit = ratios.from_unit
            and planned.unit = ratios.to_unit
    where spans.record_type = 'stock_movement'
),

dated as (
    select
        *,
        min(posted_at) over measured as first_posted_at,
        max(posted_at) over measured as last_posted_at
    from movements
    window measured as (partition by facility_id, material_code, month, measure)
),

final as (
    select
        facility_id,
        material_code,
        month,
        unit,
        sum(case when measure = 'opening' and posted_at = first_posted_at then quantity end) as opening,
        sum(case when measure = 'closing' and posted_at = last_posted_at then quantity end) as closing,
        sum(case when measure = 'receipt' then quantity else 0 end) as receipts,
        sum(case when measure = 'consumption' then quantity else 0 end) as consumption,
        sum(case when measure in ('opening', 'closing', 'receipt', 'consumption') then 0 else sign * quantity end)
            as other,
        count(*) > count(quantity) as is_unknown
    from dated
    group by facility_id, material_code, month, unit
)

select * from final
