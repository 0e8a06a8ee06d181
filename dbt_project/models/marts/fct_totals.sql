-- Totals (排放总量) by regime, year, facility and scope: exact sums of the inventory's lines. A total in which one line is not
-- complete is incomplete and names its lines; its sum is what is known, never a claim that the rest is 0.
with inventory as (
    select
        inventory.*,
        case when facilities.consolidation_approach = 'equity_share' then facilities.consolidation_share else 1 end
            as share,
        concat_ws(' ', inventory.stream_id, strftime(inventory.month, '%Y-%m')) as line
    from {{ ref('fct_inventory') }} as inventory
    left join {{ source('plan', 'facilities') }} as facilities
        on
            inventory.facility_id = facilities.facility_id
            and last_day(inventory.month) >= facilities.valid_from
            and last_day(inventory.month) < coalesce(facilities.valid_to, date '9999-12-31')
),

reasons as (
    select
        regime,
        year,
        facility_id,
        scope,
        string_agg(distinct concat_ws('：', line, reason_zh), '；' order by concat_ws('：', line, reason_zh)) as reason_zh,
        string_agg(distinct concat_ws(': ', line, reason_en), '; ' order by concat_ws(': ', line, reason_en))
            as reason_en
    from inventory
    where status <> 'complete'
    group by regime, year, facility_id, scope
),

shared as (
    select
        regime,
        year,
        facility_id,
        scope,
        share,
        cast(sum(emissions_tco2e) as decimal(38, 6)) as emissions_tco2e,
        bool_and(status = 'complete') as is_complete
    from inventory
    group by regime, year, facility_id, scope, share
),

summed as (
    select
        regime,
        year,
        facility_id,
        scope,
        cast(sum(emissions_tco2e) as decimal(38, 6)) as emissions_tco2e,
        cast(sum({{ exact_times(['emissions_tco2e', 'cast(share as decimal(38, 12))']) }}) as decimal(38, 6))
            as emissions_share_tco2e,
        bool_and(is_complete) as is_complete
    from shared
    group by regime, year, facility_id, scope
),

final as (
    select
        summed.regime,
        summed.year,
        summed.facility_id,
        summed.scope,
        summed.emissions_tco2e,
        summed.emissions_share_tco2e,
        case when summed.is_complete then 'complete' else 'incomplete' end as status,
        coalesce(reasons.reason_zh, '') as reason_zh,
        coalesce(reasons.reason_en, '') as reason_en
    from summed
    left join reasons
        on
            summed.regime = reasons.regime and summed.year = reasons.year
            and summed.facility_id = reasons.facility_id and summed.scope = reasons.scope
)

select * from final
