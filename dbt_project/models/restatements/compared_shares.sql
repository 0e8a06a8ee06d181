-- What part of each facility's month a comparison counts on either side (对照的合并比例). A closed period was reported by site and is
-- restated by site: all of it. `tanku diff` lays down the consolidation shares of both builds in the place of this table.
with final as (
    select distinct
        facility_id,
        month,
        cast(1 as decimal(38, 12)) as earlier_share,
        cast(1 as decimal(38, 12)) as later_share
    from {{ source('closed', 'reported_months') }}
)

select * from final
