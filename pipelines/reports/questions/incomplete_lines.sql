-- The lines that make a total incomplete: stream by stream, which months, and why.
with inventory as (
    select distinct regime, year, month, facility_id, scope, stream_id, status, reason_zh, reason_en
    from marts.fct_inventory
    where status <> 'complete'
),

final as (
    select
        inventory.regime,
        inventory.year,
        inventory.facility_id,
        any_value(facilities.name_zh) as facility_zh,
        any_value(facilities.name_en) as facility_en,
        inventory.scope,
        inventory.stream_id,
        any_value(streams.name_zh) as stream_zh,
        any_value(streams.name_en) as stream_en,
        inventory.status,
        inventory.reason_zh,
        inventory.reason_en,
        count(distinct inventory.month) as months,
        min(inventory.month) as first_month,
        max(inventory.month) as last_month
    from inventory
    left join marts.dim_facilities as facilities on inventory.facility_id = facilities.facility_id
    left join marts.dim_streams as streams on inventory.stream_id = streams.stream_id
    group by
        inventory.regime, inventory.year, inventory.facility_id, inventory.scope, inventory.stream_id,
        inventory.status, inventory.reason_zh, inventory.reason_en
)

select *
from final
order by regime, year desc, facility_id, scope, stream_id, first_month, reason_en, reason_zh
