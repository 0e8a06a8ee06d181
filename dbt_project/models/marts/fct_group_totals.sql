-- The group's totals (集团合计) by regime, year and scope: the sites' totals less what they transferred to each other.
with sites as (
    select
        regime,
        year,
        scope,
        sum(emissions_tco2e) as sites_tco2e,
        case when count(emissions_share_tco2e) = count(*) then sum(emissions_share_tco2e) end as sites_share_tco2e,
        bool_and(status = 'complete') as is_complete,
        string_agg(nullif(reason_zh, ''), '；' order by facility_id) as reason_zh,
        string_agg(nullif(reason_en, ''), '; ' order by facility_id) as reason_en
    from {{ ref('fct_totals') }}
    group by regime, year, scope
),

transfers as (
    select
        regime,
        year,
        scope,
        sum(emissions_tco2e) as transfers_tco2e,
        sum(share_tco2e) as transfers_share_tco2e
    from {{ ref('transferred_lines') }}
    group by regime, year, scope
),

final as (
    select
        sites.regime,
        sites.year,
        sites.scope,
        cast(sites.sites_tco2e as decimal(38, 6)) as sites_tco2e,
        cast(coalesce(transfers.transfers_tco2e, 0) as decimal(38, 6)) as transfers_tco2e,
        cast(sites.sites_tco2e - coalesce(transfers.transfers_tco2e, 0) as decimal(38, 6)) as group_tco2e,
        cast(sites.sites_share_tco2e - coalesce(transfers.transfers_share_tco2e, 0) as decimal(38, 6))
            as group_share_tco2e,
        case when sites.is_complete then 'complete' else 'incomplete' end as status,
        coalesce(sites.reason_zh, '') as reason_zh,
        coalesce(sites.reason_en, '') as reason_en
    from sites
    left join transfers
        on sites.regime = transfers.regime and sites.year = transfers.year and sites.scope = transfers.scope
)

select * from final
