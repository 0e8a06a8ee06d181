{#- The staged record types, each with the columns that name a row for a person and the column that holds its value. -#}
{% macro staged_types() -%}
{{ return({
    'load_profile': {'key': ['meter_id', 'channel', 'local_date'], 'value': 'quantity'},
    'register_reading': {'key': ['meter_id', 'channel', 'read_at', 'event'], 'value': 'register'},
    'stock_movement': {
        'key': ['site_code', 'material_code', 'movement', 'posting_date', 'document_number', 'document_item'],
        'value': 'quantity',
    },
    'fuel_consumption': {'key': ['site_code', 'fuel_code', 'period_start', 'period_end'], 'value': 'quantity'},
    'production_output': {'key': ['site_code', 'product_code', 'period_start', 'period_end'], 'value': 'quantity'},
    'utility_bill': {'key': ['account_id', 'commodity', 'period_start', 'period_end'], 'value': 'quantity'},
    'lab_assay': {'key': ['site_code', 'material_code', 'sample_id', 'property'], 'value': 'quantity'},
    'purchase': {
        'key': ['site_code', 'supplier_id', 'material_code', 'document_number', 'posting_date'], 'value': 'quantity',
    },
    'supplier_footprint': {'key': ['footprint_id'], 'value': 'footprint_excluding_biogenic_kgco2e'},
    'energy_attribute': {'key': ['certificate_id'], 'value': 'quantity'},
    'evidence_document': {'key': ['document_type', 'document_number'], 'value': 'evidence_sha256', 'is_text': true},
    'weather': {'key': ['station_id', 'local_date'], 'value': 'temperature_mean_c'},
}) }}
{%- endmacro %}
