-- The last 366 days of each point as runs of equal days: 'complete', 'partial' or 'none'; the 40 least complete points.
with build as (
    select as_of from settings.build
),

-- a point of two meters or two channels has one day: what is due of it is due of all of them
days as (
    select
        completeness.point_id,
        any_value(completeness.facility_id) as facility_id,
        completeness.local_date,
        sum(completeness.values_expected) as values_expected,
        sum(completeness.values_present) as values_present,
        case
            when sum(completeness.values_present) >= sum(completeness.values_expected) then 'complete'
            when sum(completeness.values_present) > 0 then 'partial'
            else 'none'
        end as state
    from marts.fct_meter_completeness as completeness
    cross join build
    where completeness.local_date > build.as_of - 366 and completeness.values_expected > 0
    group by completeness.point_id, completeness.local_date
),

points as (
    select
        point_id,
        sum(values_expected - least(values_present, values_expected)) as values_missing
    from days
    group by point_id
    order by values_missing desc, point_id asc
    limit 40
),

islands as (
    select
        days.*,
        points.values_missing,
        local_date - row_number() over (partition by days.point_id, state order by local_date)::integer as island
    from days
    inner join points on days.point_id = points.point_id
)

select
    point_id,
    any_value(facility_id) as facility_id,
    state,
    min(local_date) as first_date,
    max(local_date) + 1 as end_date
from islands
group by point_id, state, island
order by any_value(values_missing) desc, point_id, first_date asc
