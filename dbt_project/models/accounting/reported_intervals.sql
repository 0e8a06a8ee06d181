-- Intervals of streams whose metering point also states emissions (自报排放): quantity and stated emissions side by side.
-- Only such points are unnested, value by value; every other list stays a list.
with reported as (
    select
        source_key,
        stream_id,
        measure,
        unit
    from {{ source('plan', 'parameters') }}
    where kind = 'reported_emissions' and record_type = 'load_profile'
),

points as (
    select distinct
        activity.stream_id,
        streams.facility_id,
        meters.meter_id,
        activity.measure as activity_channel,
        activity.unit as activity_unit,
        reported.measure as emissions_channel,
        reported.unit as emissions_unit
    from {{ source('plan', 'parameters') }} as activity
    inner join reported on activity.source_key = reported.source_key
    inner join {{ source('plan', 'streams') }} as streams on activity.stream_id = streams.stream_id
    inner join {{ source('plan', 'meters') }} as meters on activity.source_key = meters.point_id
    where activity.kind = 'activity_data' and activity.record_type = 'load_profile'
),

days as (
    select
        points.*,
        activity.local_date,
        activity.values as quantities,
        emissions.values as emission_values
    from points
    inner join {{ ref('stg_load_profiles') }} as activity
        on
            points.meter_id = activity.meter_id
            and points.activity_channel = activity.channel
            and points.activity_unit = activity.unit
            and activity.is_current
    inner join {{ ref('stg_load_profiles') }} as emissions
        on
            points.meter_id = emissions.meter_id
            and points.emissions_channel = emissions.channel
            and points.emissions_unit = emissions.unit
            and activity.local_date = emissions.local_date
            and emissions.is_current
    where len(activity.values) = len(emissions.values)
),

final as (
    select
        stream_id,
        facility_id,
        meter_id,
        activity_unit,
        emissions_unit,
        local_date,
        unnest(generate_series(1, len(quantities))) as ordinal,
        cast(unnest(quantities) as decimal(38, 12)) as quantity,
        cast(unnest(emission_values) as decimal(38, 12)) as emissions
    from days
)

select * from final
