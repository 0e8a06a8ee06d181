-- Totals (排放总量) by regime, year, facility and scope: exact sums of the inventory's lines. A total in which one line
-- is not complete is incomplete and names its lines; its sum is what is known, never a claim that the rest is 0.
with inventory as (
    select
        inventory.regime,
        inventory.year,
        inventory.facility_id,
        inventory.scope,
        inventory.emissions_tco2e,
        inventory.status,
        inventory.reason_zh,
        inventory.reason_en,
        shares.share
    from {{ ref('fct_inventory') }} as inventory
    left join {{ ref('facility_shares') }} as shares
        on
            inventory.facility_id = shares.facility_id
            and last_day(inventory.month) >= shares.valid_from
            and last_day(inventory.month) < shares.valid_to
),

summed as (
    select
        regime,
        year,
        facility_id,
        scope,
        share,
        sum(emissions_tco2e) as emissions_tco2e,
        bool_and(status = 'complete') as is_complete,
        string_agg(distinct reason_zh, '；' order by reason_zh) filter (where status <> 'complete') as reason_zh,
        string_agg(distinct reason_en, '; ' order by reason_en) filter (where status <> 'complete') as reason_en
    from inventory
    group by all
),

shared as (
    select
        *,
        {{ exact_times(['emissions_tco2e', 'share']) }} as share_tco2e
    from summed
),

final as (
    select
        regime,
        year,
        facility_id,
        scope,
        cast(sum(emissions_tco2e) as decimal(38, 6)) as emissions_tco2e,
        case when count(share) = count(*) then cast(sum(share_tco2e) as decimal(38, 6)) end as emissions_share_tco2e,
        case when bool_and(is_complete) then 'complete' else 'incomplete' end as status,
        coalesce(string_agg(reason_zh, '；' order by share), '') as reason_zh,
        coalesce(string_agg(reason_en, '; ' order by share), '') as reason_en
    from shared
    group by all
)

select * from final
