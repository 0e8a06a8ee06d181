-- One row per interval of the current load profiles (负荷曲线逐点值), for analysts. The list in staging is unnested here only.
{{ config(materialized='view') }}
with build as (
    select time_zone from {{ source('settings', 'build') }}
),

profiles as (
    select
        meter_id,
        channel,
        local_date,
        interval_minutes,
        unit,
        values,
        flags
    from {{ ref('stg_load_profiles') }}
    where is_current
),

unnested as (
    select
        meter_id,
        channel,
        local_date,
        interval_minutes,
        unit,
        unnest(generate_series(1, len(values))) as ordinal,
        unnest(values) as quantity,
        unnest(flags) as flag
    from profiles
),

final as (
    select
        unnested.meter_id,
        unnested.channel,
        timezone(
            build.time_zone,
            timezone(build.time_zone, cast(unnested.local_date as timestamp))
            + to_minutes(cast((unnested.ordinal - 1) * unnested.interval_minutes as bigint))
        ) as interval_start,
        unnested.quantity,
        unnested.unit,
        unnested.flag
    from unnested
    cross join build
)

select * from final
