-- Laboratory results (化验), one property of one sample a row; nothing is averaged here.
{{ staged(
    source('lake', 'lab_assay'),
    key=['site_code', 'material_code', 'sample_id', 'property'],
    values=['sampled_on', 'tested_on', 'quantity', 'unit', 'basis', 'laboratory'],
    source_key="concat_ws('/', site_code, material_code)"
) }}
