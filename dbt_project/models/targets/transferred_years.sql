-- What the unit of each event emitted in each year, whoever it belonged to (被转移单元年排放量).
with final as (
    select
        events.base_key,
        events.event_id,
        emitted.year,
        cast(sum(emitted.emissions_tco2e) as decimal(28, 6)) as unit_tco2e
    from {{ ref('structural_events') }} as events
    inner join {{ source('plan', 'event_emissions') }} as emitted on events.event_id = emitted.event_id
    group by events.base_key, events.event_id, emitted.year
)

select * from final
