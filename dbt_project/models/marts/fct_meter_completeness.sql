-- Interval values due and present by meter and local day (计量完整性). A day on which nothing came is a row with 0 present.
with build as (
    select * from {{ source('settings', 'build') }}
),

meters as (
    select
        meters.point_id,
        meters.meter_id,
        meters.facility_id,
        coalesce(meters.channel, '') as channel,
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

profiles as (
    select meter_id, channel, local_date, values_expected, values_missing
    from {{ ref('stg_load_profiles') }}
    where is_current
),

-- a meter whose channel the plan leaves open counts all of them: a join of equals, as one on either would loop
came as (
    select * from profiles
    union all
    select meter_id, '' as channel, local_date, sum(values_expected) as values_expected, sum(values_missing) as values_missing
    from profiles
    where channel != ''
    group by meter_id, local_date
),

final as (
    select
        days.point_id,
        days.meter_id,
        days.facility_id,
        days.local_date,
        cast(sum(coalesce(came.values_expected, 1440 // days.interval_minutes)) as integer) as values_expected,
        cast(sum(coalesce(came.values_expected - came.values_missing, 0)) as integer) as values_present
    from days
    left join came
        on
            days.meter_id = came.meter_id
            and days.channel = came.channel
            and days.local_date = came.local_date
    group by days.point_id, days.meter_id, days.facility_id, days.local_date
)

select * from final
