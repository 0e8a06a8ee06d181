-- Stock movements and balances (物料收发存) in the house sign; no movement is interpreted here.
{{ staged(
    source('lake', 'stock_movement'),
    key=['site_code', 'material_code', 'movement', 'posting_date', 'document_number', 'document_item'],
    values=['material_name', 'period_end', 'quantity', 'unit'],
    source_key="concat_ws('/', site_code, material_code)",
    is_repeatable=true
) }}
