-- Product carbon footprints as suppliers state them (供应商产品碳足迹), the current delivery of each.
with final as (
    select
        footprint_id,
        spec_version,
        status,
        supplier_id,
        supplier_name,
        product_code,
        product_name,
        declared_unit,
        declared_amount,
        period_start,
        period_end,
        geography,
        footprint_excluding_biogenic_kgco2e,
        footprint_including_biogenic_kgco2e,
        fossil_emissions_kgco2e,
        primary_data_share_percent,
        file_sha256
    from {{ ref('stg_supplier_footprints') }}
    where is_current
)

select * from final
