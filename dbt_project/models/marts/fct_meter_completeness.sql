-- Interval values due and present by meter and local day (计量完整性). A day on which nothing came is a row with 0 present.
with build as (
    select * from {{ source('settings', 'build') }}
),

meters as (
    select
        meters.point_id, meters.meter_id, meters.facility_id, meters.channel, meters.interval_minutes,
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
        on calendar.local_date >= meters.first_date and calendar.local_date < meters.end_date
),

-- '*' stands for every channel of a meter whose plan names none: the join below stays one of equals.
counted as (
    select meter_id, channel, local_date, values_expected, values_missing
    from {{ ref('stg_load_profiles') }}
    where is_current
    union all
    select meter_id, '*' as channel, local_date, values_expected, values_missing
    from {{ ref('stg_load_profiles') }}
    where is_current
),

final as (
    select
        days.point_id, days.meter_id, days.facility_id, days.local_date,
        cast(sum(coalesce(counted.values_expected, 1440 // days.interval_minutes)) as integer) as values_expected,
        cast(sum(coalesce(counted.values_expected - counted.values_missing, 0)) as integer) as values_present
    from days
    left join counted
        on days.meter_id = counted.meter_id
        and coalesce(nullif(days.channel, ''), '*') = counted.channel
        and days.local_date = counted.local_date
    group by days.point_id, days.meter_id, days.facility_id, days.local_date
)

select * from final
