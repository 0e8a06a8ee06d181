-- The heat a fuel record reports against its quantity times its heat content (申报热量对照). Comparison only.
with records as (
    select * from {{ ref('stg_fuel_consumptions') }}
    where is_current and quantity is not null and heat_content is not null and energy_reported is not null
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
        records.source_key as subject,
        records.period_start,
        records.period_end,
        cast(records.energy_reported as decimal(38, 12)) as stated,
        cast({{ exact_times(['records.quantity', 'records.heat_content']) }} as decimal(38, 12)) as recomputed,
        records.energy_unit as unit,
        cast(null as decimal(18, 6)) as tolerance
    from records
    left join claimed on records.source_key = claimed.source_key
    where records.heat_content_unit = concat_ws('/', records.energy_unit, records.unit)
)

select * from final
