-- Interval values due and present by meter and local day (计量完整性). A day on which nothing came is a row with 0 present.
with build as (
    select * from {{ source('settings', 'build') }}
),

meters as (
    select
        meters.point_id,
        meters.meter_id,
        meters.facility_id,
        meters.channel,
        meters.interval_minutes,
        greatest(meters.valid_from, build.first_period) as first_date,
        least(coalesce(meters.valid_to, build.as_of), build.as_of) as end_date
    from {{ source('plan', 'meters') }} as meters
    cross join build
    where meters.interval_minutes between 1 and 1440
),

days as (
    select
        meters.*,
        calendar.local_date
    from meters
    inner join {{ ref('calendar_days') }} as calendar
        on meters.first_date <= calendar.local_date and meters.end_date > calendar.local_date
),

final as (
    select
        days.point_id,
        days.meter_id,
        days.facility_id,
        days.local_date,
        cast(sum(coalesce(profiles.values_expected, 1440 // days.interval_minutes)) as integer) as values_expected,
        cast(sum(coalesce(profiles.values_expected - profiles.values_missing, 0)) as integer) as values_present
    from days
    left join {{ ref('stg_load_profiles') }} as profiles
        on
            days.meter_id = profiles.meter_id
            and profiles.channel = coalesce(nullif(days.channel, ''), profiles.channel)
            and days.local_date = profiles.local_date
            and profiles.is_current
    group by days.point_id, days.meter_id, days.facility_id, days.local_date
)

select * from final
