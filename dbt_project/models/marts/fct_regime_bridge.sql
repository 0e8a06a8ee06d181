-- From one regime's total to another's (制度差异桥): what each named item adds, by year and facility. The items of a pair add up
-- to the difference of the two totals exactly; month and stream stand in accounting.regime_differences.
with final as (
    select
        differences.from_regime,
        differences.to_regime,
        cast(year(differences.month) as integer) as year,
        differences.facility_id,
        items.position,
        differences.item,
        items.name_zh,
        items.name_en,
        cast(sum(differences.difference_tco2e) as decimal(38, 6)) as difference_tco2e
    from {{ ref('regime_differences') }} as differences
    inner join {{ source('rules', 'bridge_items') }} as items on differences.item = items.item
    group by all
)

select * from final
