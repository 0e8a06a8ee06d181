-- Biogenic CO2 (生物质燃烧 CO2), shown apart and in no total: of biomass fuels, and of the biogenic part of a blend.
with final as (
    select
        regime,
        year,
        month,
        facility_id,
        stream_id,
        stream_type,
        fuel,
        activity_quantity,
        activity_unit,
        emissions_t as biogenic_co2_t,
        status,
        reason_zh,
        reason_en,
        error_code,
        emission_id
    from {{ ref('accounted_lines') }}
    where scope = 'biogenic'
)

select * from final
