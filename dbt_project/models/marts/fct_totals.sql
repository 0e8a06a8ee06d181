-- Totals (排放总量) by regime, year, facility and scope: exact sums of the inventory's lines. A total in which one line is not
-- complete is incomplete and names its lines; the sum is then what is known, never a claim that the rest is 0.
with inventory as (
    select * from {{ ref('fct_inventory') }}
),

reasons as (
    select
        regime, year, facility_id, scope,
        string_agg(line_zh, '；' order by first_month, line_zh) as reason_zh,
        string_agg(line_en, '; ' order by first_month, line_en) as reason_en
    from (
        select
            regime, year, facility_id, scope,
            min(month) as first_month,
            concat_ws('：', concat_ws(' ', stream_id, strftime(month, '%Y-%m')), reason_zh) as line_zh,
            concat_ws(': ', concat_ws(' ', stream_id, strftime(month, '%Y-%m')), reason_en) as line_en
        from inventory
        where status <> 'complete'
        group by regime, year, facility_id, scope, stream_id, month, reason_zh, reason_en
    )
    group by regime, year, facility_id, scope
),

summed as (
    select
        regime, year, facility_id, scope,
        cast(sum(emissions_tco2e) as decimal(38, 6)) as emissions_tco2e,
        bool_and(status = 'complete') as is_complete
    from inventory
    group by regime, year, facility_id, scope
),

final as (
    select
        summed.regime, summed.year, summed.facility_id, summed.scope, summed.emissions_tco2e,
        case
            when facilities.consolidation_approach = 'equity_share'
                then {{ exact_times(['summed.emissions_tco2e', 'cast(facilities.consolidation_share as decimal(38, 12))']) }}
            else summed.emissions_tco2e
        end as emissions_share_tco2e,
        case when summed.is_complete then 'complete' else 'incomplete' end as status,
        coalesce(reasons.reason_zh, '') as reason_zh,
        coalesce(reasons.reason_en, '') as reason_en
    from summed
    left join reasons
        on summed.regime = reasons.regime and summed.year = reasons.year
        and summed.facility_id = reasons.facility_id and summed.scope = reasons.scope
    left join {{ source('plan', 'facilities') }} as facilities on summed.facility_id = facilities.facility_id
)

select * from final
