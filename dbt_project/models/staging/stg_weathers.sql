-- Daily weather (气象).
{{ staged(
    source('lake', 'weather'),
    key=['station_id', 'local_date'],
    values=['temperature_mean_c', 'temperature_min_c', 'temperature_max_c'],
    source_key="station_id"
) }}
