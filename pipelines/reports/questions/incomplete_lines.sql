-- The lines that make a total incomplete: stream by stream, which months, and the first reason of how many.
with inventory as (
    select distinct
        regime,
        year,
        month,
        facility_id,
        scope,
        stream_id,
        status,
        reason_zh,
        reason_en
    from marts.fct_inventory
    where status <> 'complete'
),

grouped as (
    select
        regime,
        year,
        facility_id,
        scope,
        stream_id,
        status,
        min_by(reason_zh, (month, reason_zh)) as reason_zh,
        min_by(reason_en, (month, reason_zh)) as reason_en,
        count(distinct reason_zh) as reasons,
        count(distinct month) as months,
        min(month) as first_month,
        max(month) as last_month
    from inventory
    group by regime, year, facility_id, scope, stream_id, status
)

select
    grouped.*,
    facilities.name_zh as facility_zh,
    facilities.name_en as facility_en,
    streams.name_zh as stream_zh,
    streams.name_en as stream_en
from grouped
left join marts.dim_facilities as facilities on grouped.facility_id = facilities.facility_id
left join marts.dim_streams as streams on grouped.stream_id = streams.stream_id
order by
    grouped.regime asc,
    grouped.year desc,
    grouped.facility_id asc,
    grouped.scope asc,
    grouped.stream_id asc,
    grouped.status asc
