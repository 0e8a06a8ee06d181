-- Which parameter claims which source of figures (记录→参数), when, and by what exact ratio its unit becomes the plan's.
-- One row per parameter and (record type, source, measure, unit) as found; it reads no quantity.
with found as (
    select distinct
        record_type,
        source_key,
        measure,
        unit
    from {{ ref('spans') }}
    union all
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
        on
            found.source_key = meters.meter_id
            and found.measure = coalesce(nullif(meters.channel, ''), found.measure)
    where meters.meter_id is not null or found.record_type not in ('load_profile', 'register_reading')
),

matched as (
    select
        placed.*,
        parameters.parameter_id,
        parameters.unit as plan_unit,
        parameters.frequency,
        parameters.valid_from as claim_from,
        coalesce(parameters.valid_to, date '9999-12-31') as claim_to,
        {{ aggregation_of('parameters', 'kinds') }} as aggregation
    from placed
    inner join {{ source('plan', 'parameters') }} as parameters
        on
            placed.record_type = parameters.record_type
            and {{ is_named_by('placed.plan_key', 'parameters.source_key') }}
            and parameters.measure in (placed.measure, case when placed.record_type = 'utility_bill' then '' end)
    left join {{ source('rules', 'parameter_kinds') }} as kinds on parameters.kind = kinds.kind
),

final as (
    select
        matched.*,
        case when matched.unit = matched.plan_unit then 1 else ratios.numerator end as numerator,
        case when matched.unit = matched.plan_unit then 1 else ratios.denominator end as denominator,
        case
            when matched.unit = matched.plan_unit or ratios.from_unit is not null then null
            when matched.unit in (select units.unit from {{ source('rules', 'units') }} as units) then 'UNIT_DIMENSION'
            else 'UNIT_UNKNOWN'
        end as reason
    from matched
    left join {{ ref('unit_ratios') }} as ratios
        on
            matched.unit = ratios.from_unit
            and matched.plan_unit = ratios.to_unit
)

select * from final
