-- Register readings (示数) as received; nothing is subtracted here.
{{ staged(
    source('lake', 'register_reading'),
    key=['meter_id', 'channel', 'read_at', 'event'],
    values=['register', 'unit', 'multiplier', 'register_digits', 'quality'],
    source_key="meter_id"
) }}
