-- Fuel burnt in a period (燃料消耗); no heat is computed here.
{{ staged(
    source('lake', 'fuel_consumption'),
    key=['site_code', 'fuel_code', 'period_start', 'period_end'],
    values=['quantity', 'unit', 'heat_content', 'heat_content_unit', 'heat_basis', 'energy_reported', 'energy_unit'],
    source_key="concat_ws('/', site_code, fuel_code)"
) }}
