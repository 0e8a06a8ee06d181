-- Product carbon footprints from suppliers (产品碳足迹).
{{ staged(
    source('lake', 'supplier_footprint'),
    key=['footprint_id'],
    values=[
        'spec_version', 'status', 'supplier_id', 'supplier_name', 'product_code', 'product_name', 'declared_unit',
        'declared_amount', 'period_start', 'period_end', 'geography', 'footprint_excluding_biogenic_kgco2e',
        'footprint_including_biogenic_kgco2e', 'fossil_emissions_kgco2e', 'primary_data_share_percent'
    ],
    source_key="footprint_id"
) }}
