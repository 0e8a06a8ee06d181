-- Supporting documents (支撑材料) by number and hash.
{{ staged(
    source('lake', 'evidence_document'),
    key=['document_type', 'document_number'],
    values=['issuer', 'period_start', 'period_end', 'evidence_sha256', 'subject'],
    source_key="concat_ws('/', document_type, document_number)"
) }}
