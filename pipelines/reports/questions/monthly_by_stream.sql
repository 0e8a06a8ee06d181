-- The last 24 months by regime and stream; the streams beyond the seventh largest are one: 'other'.
-- A stream has one place in the order, and so one colour, whatever the regime.
with months as (
    select distinct month
    from marts.fct_inventory
    order by month desc
    limit 24
),

inventory as (
    select inventory.*
    from marts.fct_inventory as inventory
    semi join months on inventory.month = months.month
),

sizes as (
    select
        stream_id,
        row_number() over (order by sum(abs(emissions_tco2e)) desc nulls last, stream_id) as position
    from inventory
    group by stream_id
),

placed as (
    select
        inventory.regime,
        inventory.month,
        least(sizes.position, 8) as position,
        case when sizes.position <= 7 then inventory.stream_id else '' end as stream_id,
        inventory.emissions_tco2e,
        inventory.status
    from inventory
    inner join sizes on inventory.stream_id = sizes.stream_id
),

final as (
    select
        placed.regime,
        placed.month,
        placed.position,
        placed.stream_id,
        any_value(streams.name_zh) as name_zh,
        any_value(streams.name_en) as name_en,
        sum(placed.emissions_tco2e) as emissions_tco2e,
        bool_and(placed.status = 'complete') as is_complete
    from placed
    left join marts.dim_streams as streams on placed.stream_id = streams.stream_id
    group by placed.regime, placed.month, placed.position, placed.stream_id
)

select *
from final
order by regime, month, position
