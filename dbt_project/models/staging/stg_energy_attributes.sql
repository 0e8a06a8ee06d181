-- Green power certificates and settlement statements (绿电绿证).
{{ staged(
    source('lake', 'energy_attribute'),
    key=['certificate_id'],
    values=['attribute_kind', 'account_id', 'period_start', 'period_end', 'quantity', 'unit', 'issuer', 'status'],
    source_key="certificate_id"
) }}
