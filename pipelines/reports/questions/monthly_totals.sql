-- The same last 24 months by regime, all streams together.
with months as (
    select distinct month
    from marts.fct_inventory
    order by month desc
    limit 24
)

select
    inventory.regime,
    inventory.month,
    sum(inventory.emissions_tco2e) as emissions_tco2e,
    bool_and(inventory.status = 'complete') as is_complete
from marts.fct_inventory as inventory
semi join months on inventory.month = months.month
group by inventory.regime, inventory.month
order by inventory.regime, inventory.month
