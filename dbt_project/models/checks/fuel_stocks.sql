-- The stock of each material as the control judges it (物料平衡), laid at the accounted consumption of its month, with the
-- plan's tolerance: a share of the receipts, and no less than the smallest amount that is booked.
with consumptions as (
    select
        streams.facility_id,
        split_part(parameters.source_key, '/', 2) as material_code,
        cast(date_trunc('month', planned.period_start) as date) as month,
        min(planned.planned_id) as planned_id,
        min_by(planned.stream_id, planned.planned_id) as stream_id
    from {{ source('plan', 'parameters') }} as parameters
    inner join {{ ref('planned') }} as planned on parameters.parameter_id = planned.parameter_id
    inner join {{ source('plan', 'streams') }} as streams on parameters.stream_id = streams.stream_id
    where parameters.record_type = 'stock_movement' and planned.role = 'account'
    group by all
),

final as (
    select
        balances.*,
        consumptions.planned_id,
        consumptions.stream_id,
        greatest(
            {{ times_ratio('balances.receipts', 'controls.tolerance') }}, {{ limit_of('DQ01', 'least_quantity') }}
        ) as tolerance_quantity
    from {{ ref('stock_balances') }} as balances
    left join consumptions
        on
            balances.facility_id = consumptions.facility_id
            and balances.material_code = consumptions.material_code
            and balances.month = consumptions.month
    {{ with_control('DQ01', 'balances.month') }}
)

select * from final
