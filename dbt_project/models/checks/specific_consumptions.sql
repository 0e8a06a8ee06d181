-- Energy and emissions per unit of product (单耗合理性), by facility and month, where a production stream's product has a
-- plausible range. The quotient is for comparison only.
with output as (
    select
        ranges.*,
        planned.planned_id,
        planned.facility_id,
        planned.stream_id,
        planned.period_start,
        cast(date_trunc('month', planned.period_start) as date) as month,
        {{ convert('planned.quantity', 'ratios.numerator', 'ratios.denominator') }} as output_quantity
    from {{ ref('planned') }} as planned
    inner join {{ source('plan', 'streams') }} as streams
        on planned.stream_id = streams.stream_id and {{ is_valid_on('planned.period_start', 'streams') }}
    inner join {{ source('rules', 'plausible_intensities') }} as ranges on streams.fuel = ranges.product
    inner join {{ ref('unit_ratios') }} as ratios
        on planned.unit = ratios.from_unit and split_part(ranges.unit, '/', 2) = ratios.to_unit
    where planned.kind = 'production' and planned.role = 'account' and planned.frequency = 'month'
),

above as (
    select facility_id, month, stream_type, 'coal_equivalent' as numerator, sum(energy_tce) as quantity
    from {{ ref('energy_months') }} group by facility_id, month, stream_type
    union all
    select facility_id, month, stream_type, 'electricity', sum(electricity_mwh)
    from {{ ref('energy_months') }} group by facility_id, month, stream_type
    union all
    select facility_id, month, '', 'emissions', max(emissions_tco2e)
    from (
        select facility_id, month, regime, sum(emissions_tco2e) as emissions_tco2e
        from {{ ref('emissions') }} group by facility_id, month, regime
    )
    group by facility_id, month
),

final as (
    select
        output.planned_id || '|' || output.numerator as row_key,
        output.planned_id,
        output.facility_id,
        output.stream_id,
        output.period_start,
        output.numerator,
        output.output_quantity,
        above.quantity,
        try_cast(cast(above.quantity as double) / nullif(cast(output.output_quantity as double), 0) as decimal(38, 12))
            as intensity,
        output.low as plausible_low,
        output.high as plausible_high
    from output
    left join above
        on
            output.facility_id = above.facility_id
            and output.month = above.month
            and output.numerator = above.numerator
            and coalesce(output.stream_type, '') = above.stream_type
)

select * from final
