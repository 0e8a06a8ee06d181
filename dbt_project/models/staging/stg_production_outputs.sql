-- Product output of a period (产品产量).
{{ staged(
    source('lake', 'production_output'),
    key=['site_code', 'product_code', 'period_start', 'period_end'],
    values=['product_name', 'quantity', 'unit'],
    source_key="concat_ws('/', site_code, product_code)"
) }}
