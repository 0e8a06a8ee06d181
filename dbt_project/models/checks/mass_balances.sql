-- Direct emissions of a facility (直接排放合计不为负), by regime and month: carbon in products and waste is taken off the carbon
-- that entered, and what is left cannot be negative.
with final as (
    select
        concat_ws('|', regime, facility_id, month) as row_key,
        regime,
        facility_id,
        month as period_start,
        sum(emissions_tco2e) as emissions_tco2e
    from {{ ref('emissions') }}
    where scope = 'scope_1'
    group by regime, facility_id, month
)

select * from final
