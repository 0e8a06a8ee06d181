-- What makes a line uncertain (不确定度来源): its activity data, each measured property, and its default factors together.
-- Lines that share a source are wrong together. Declared uncertainty first, else the default of its kind, named as such.
with declared as (
    select
        parameter_id,
        max(uncertainty) as uncertainty,
        bool_or(record_type in ('load_profile', 'register_reading')) as is_metered
    from {{ source('plan', 'parameters') }}
    group by parameter_id
),

readings as (
    select
        workings.emission_id,
        coalesce('parameter ' || workings.parameter_id, 'stream ' || lines.stream_id) as source_id,
        case when workings.term = 'quantity' then 'activity' else 'measured' end as kind,
        declared.uncertainty as declared,
        case when coalesce(declared.is_metered, false) then 'activity_metered' else 'activity_billed' end as default_of
    from {{ ref('workings') }} as workings
    inner join {{ ref('emission_lines') }} as lines on workings.emission_id = lines.emission_id
    left join declared on workings.parameter_id = declared.parameter_id
    where workings.term = 'quantity' or workings.basis = 'measured'
),

parts as (
    select * from readings
    union all
    select
        emission_id,
        source_id,
        'factor' as kind,
        cast(null as decimal(38, 12)) as declared,
        default_of
    from {{ ref('uncertain_factors') }}
),

final as (
    select
        parts.emission_id,
        parts.source_id,
        parts.kind,
        coalesce(parts.declared, defaults.relative) as relative,
        case when parts.declared is null then parts.default_of else '' end as default_of
    from parts
    left join {{ ref('default_uncertainties') }} as defaults on parts.default_of = defaults.subject
)

select * from final
