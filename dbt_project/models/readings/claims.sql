-- Which parameter claims which source of figures (记录→参数), when, and by what exact ratio its unit becomes the plan's.
-- One row per parameter and (record type, source, measure, unit) as found; it reads no quantity.
with found as (
    select distinct
        record_type,
        source_key,
        measure,
        unit
    from {{ ref('spans') }}
    union
    select distinct
        'load_profile' as record_type,
        meter_id as source_key,
        channel as measure,
        unit
    from {{ ref('stg_load_profiles') }}
    where is_current
),

placed as (
    select
        found.*,
        coalesce(meters.point_id, found.source_key) as plan_key,
        coalesce(meters.valid_from, date '0001-01-01') as source_from,
        coalesce(meters.valid_to, date '9999-12-31') as source_to
    from found
    left join {{ source('plan', 'meters') }} as meters
        on found.source_key = meters.meter_id
        and found.measure = coalesce(nullif(meters.channel, ''), found.measure)
        and found.record_type in ('load_profile', 'register_reading')
    where meters.meter_id is not null or found.record_type not in ('load_profile', 'register_reading')
),

matched as (
    select
        placed.*,
        parameters.parameter_id,
        parameters.unit as plan_unit,
        parameters.frequency,
        case when placed.record_type = 'weather' then 'mean' else kinds.aggregation end as aggregation,
        parameters.valid_from as claim_from,
        coalesce(parameters.valid_to, date '9999-12-31') as claim_to
    from placed
    inner join {{ source('plan', 'parameters') }} as parameters
        on placed.record_type = parameters.record_type
        and (
            placed.plan_key = parameters.source_key
            or (
                parameters.source_key like '%*'
                and starts_with(placed.plan_key, left(parameters.source_key, length(parameters.source_key) - 1))
            )
        )
        and (
            placed.measure = parameters.measure
            or (placed.record_type = 'utility_bill' and parameters.measure = '')
        )
    left join {{ ref('parameter_kinds') }} as kinds on parameters.kind = kinds.kind
),

final as (
    select
        matched.*,
        case when matched.unit = matched.plan_unit then 1 else ratios.numerator end as numerator,
        case when matched.unit = matched.plan_unit then 1 else ratios.denominator end as denominator,
        case
            when matched.unit = matched.plan_unit or ratios.from_unit is not null then null
            when matched.unit in (select from_unit from {{ ref('unit_ratios') }})
                and matched.plan_unit in (select from_unit from {{ ref('unit_ratios') }}) then 'UNIT_DIMENSION'
            else 'UNIT_UNKNOWN'
        end as reason
    from matched
    left join {{ ref('unit_ratios') }} as ratios
        on matched.unit = ratios.from_unit
        and matched.plan_unit = ratios.to_unit
)

select * from final
