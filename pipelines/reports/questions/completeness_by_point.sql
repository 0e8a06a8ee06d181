-- Each metering point over the last 366 days: values due, values that came, days that are partial or empty.
with build as (
    select as_of from settings.build
),

days as (
    select
        completeness.point_id,
        completeness.local_date,
        any_value(completeness.facility_id) as facility_id,
        sum(completeness.values_expected) as values_expected,
        sum(least(completeness.values_present, completeness.values_expected)) as values_present
    from marts.fct_meter_completeness as completeness
    cross join build
    where completeness.local_date > build.as_of - 366 and completeness.values_expected > 0
    group by completeness.point_id, completeness.local_date
),

meters as (
    select
        point_id,
        string_agg(distinct meter_id, ', ' order by meter_id) as meters
    from marts.fct_meter_completeness
    group by point_id
),

final as (
    select
        point_id,
        any_value(facility_id) as facility_id,
        min(local_date) as first_date,
        max(local_date) as last_date,
        sum(values_expected)::bigint as values_expected,
        sum(values_present)::bigint as values_present,
        count(*) filter (where values_present > 0 and values_present < values_expected) as partial_days,
        count(*) filter (where values_present = 0) as empty_days
    from days
    group by point_id
)

select
    final.*,
    meters.meters,
    facilities.name_zh as facility_zh,
    facilities.name_en as facility_en
from final
left join meters on final.point_id = meters.point_id
left join marts.dim_facilities as facilities on final.facility_id = facilities.facility_id
order by values_expected - values_present desc, final.facility_id, final.point_id asc
