-- Measured properties against what is plausible of them (实测参数合理性): the least and greatest reading of each period, and
-- carbon per heat, each where the rules hold a range for it.
with final as (
    select
        concat_ws('|', properties.planned_id, properties.kind) as row_key,
        properties.*,
        ranges.control_id,
        {{ convert('ranges.low', 'ratios.numerator', 'ratios.denominator') }} as plausible_low,
        {{ convert('ranges.high', 'ratios.numerator', 'ratios.denominator') }} as plausible_high
    from {{ ref('measured_properties') }} as properties
    inner join {{ source('rules', 'plausible_ranges') }} as ranges
        on properties.kind = ranges.kind and coalesce(ranges.fuel, properties.fuel) = properties.fuel
    inner join {{ ref('unit_ratios') }} as ratios on ranges.unit = ratios.from_unit and properties.unit = ratios.to_unit
)

select * from final
