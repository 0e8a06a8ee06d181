-- The heat a fuel record reports against its quantity times its heat content (申报热量对照), in the unit it reports.
-- Comparison only: nothing here is accounted.
with records as (
    select
        records.*,
        contents.to_base_numerator,
        contents.to_base_denominator,
        split_part(contents.base_unit, '/', 1) as heat_unit,
        split_part(contents.base_unit, '/', 2) as fuel_unit
    from {{ ref('stg_fuel_consumptions') }} as records
    inner join {{ source('rules', 'units') }} as contents on records.heat_content_unit = contents.unit
    where
        records.is_current and records.quantity is not null and records.heat_content is not null
        and records.energy_reported is not null
),

rated as (
    select
        records.*,
        cast(records.to_base_numerator as hugeint) * fuels.numerator * heats.numerator as numerator,
        cast(records.to_base_denominator as hugeint) * fuels.denominator * heats.denominator as denominator
    from records
    inner join {{ ref('unit_ratios') }} as fuels
        on records.unit = fuels.from_unit and records.fuel_unit = fuels.to_unit
    inner join {{ ref('unit_ratios') }} as heats
        on records.heat_unit = heats.from_unit and records.energy_unit = heats.to_unit
),

claimed as (
    select
        parameters.source_key,
        min(parameters.stream_id) as stream_id,
        min(streams.facility_id) as facility_id
    from {{ source('plan', 'parameters') }} as parameters
    inner join {{ source('plan', 'streams') }} as streams on parameters.stream_id = streams.stream_id
    where parameters.record_type = 'fuel_consumption'
    group by parameters.source_key
),

final as (
    select
        'fuel_energy' as kind,
        claimed.facility_id,
        claimed.stream_id,
        rated.source_key as subject,
        rated.period_start,
        rated.period_end,
        cast(rated.energy_reported as decimal(38, 12)) as stated,
        cast(
            {{ exact_times(
                ['rated.quantity', 'rated.heat_content'],
                'rated.numerator // gcd(rated.numerator, rated.denominator)',
                'rated.denominator // gcd(rated.numerator, rated.denominator)'
            ) }} as decimal(38, 12)
        ) as recomputed,
        rated.energy_unit as unit,
        cast(null as decimal(18, 6)) as tolerance
    from rated
    left join claimed on rated.source_key = claimed.source_key
)

select * from final
