-- Every current figure that is not a load profile, as a span of local time in its source's own unit.
-- Nothing is converted, spread or claimed here.
with movements as (
    select
        stg.*,
        coalesce(types.measure, 'consumption') as measure,
        types.sign * stg.quantity as signed_quantity,
        case when types.movement is null then 'CODE_UNKNOWN' end as reason
    from {{ ref('stg_stock_movements') }} as stg
    left join {{ source('rules', 'movement_types') }} as types on stg.movement = types.movement
),

final as (
    {{ spans_of(ref('register_intervals'), 'register_reading', 'start_at', 'end_at', measure='channel',
                unit='register_unit', reason='reason', condition='true', has_start=true) }}
    union all
    {{ spans_of('movements', 'stock_movement', 'posting_date', 'coalesce(period_end, posting_date + 1)',
                measure='measure', quantity='signed_quantity', is_event='period_end is null', reason='reason') }}
    union all
    {{ spans_of(ref('stg_fuel_consumptions'), 'fuel_consumption', 'period_start', 'period_end') }}
    union all
    {{ spans_of(ref('stg_fuel_consumptions'), 'fuel_consumption', 'period_start', 'period_end',
                measure="concat_ws('_', 'heat_content', " ~ unless_usual('heat_basis', ['ncv', 'net', 'lower']) ~ ")",
                quantity='heat_content', unit='heat_content_unit', source_quantity='heat_content',
                condition='is_current and heat_content is not null', is_primary='false') }}
    union all
    {{ spans_of(ref('stg_fuel_consumptions'), 'fuel_consumption', 'period_start', 'period_end', measure="'energy'",
                quantity='energy_reported', unit='energy_unit', source_quantity='energy_reported',
                condition='is_current and energy_reported is not null', is_primary='false') }}
    union all
    {{ spans_of(ref('stg_production_outputs'), 'production_output', 'period_start', 'period_end') }}
    union all
    {{ spans_of(ref('stg_utility_bills'), 'utility_bill', 'period_start', 'period_end', measure='commodity') }}
    union all
    {{ spans_of(ref('stg_lab_assays'), 'lab_assay', 'sampled_on', 'sampled_on + 1', is_event='true',
                measure="concat_ws('_', property, " ~ unless_usual('basis', ['ar']) ~ ")") }}
    union all
    {{ spans_of(ref('stg_purchases'), 'purchase', 'posting_date', 'posting_date + 1', is_event='true') }}
    union all
    {{ spans_of(ref('stg_energy_attributes'), 'energy_attribute', 'period_start', 'period_end') }}
    union all
    {{ spans_of(ref('stg_weathers'), 'weather', 'local_date', 'local_date + 1', quantity='temperature_mean_c',
                unit="'℃'", source_quantity='temperature_mean_c') }}
)

select * from final
