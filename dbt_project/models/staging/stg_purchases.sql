-- Purchases (采购).
{{ staged(
    source('lake', 'purchase'),
    key=['site_code', 'supplier_id', 'material_code', 'document_number', 'posting_date'],
    values=['supplier_name', 'material_name', 'quantity', 'unit', 'amount_cny'],
    source_key="concat_ws('/', site_code, material_code)",
    is_repeatable=true
) }}
