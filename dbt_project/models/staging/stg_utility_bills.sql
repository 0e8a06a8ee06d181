-- Utility bills (结算单) by their own period; nothing is spread over days here.
{{ staged(
    source('lake', 'utility_bill'),
    key=['account_id', 'commodity', 'period_start', 'period_end'],
    values=['quantity', 'unit', 'amount_cny', 'invoice_number'],
    source_key="account_id"
) }}
