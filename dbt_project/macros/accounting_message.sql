{#- An error's text with its placeholders filled from the line `judged`: it names regime, parameter, subject, region, month. -#}
{% macro accounting_message(template) -%}
{%- set values = {
    'regime': 'judged.regime',
    'parameter': "coalesce(judged.term, '')",
    'subject': "concat_ws(' ', judged.stream_id, judged.subject)",
    'gas': 'judged.gas',
    'region': "coalesce(nullif(judged.region_code, ''), '-')",
    'month': "strftime(judged.month, '%Y-%m')",
    'unit': 'judged.unit',
    'found': "coalesce(judged.found, '')",
} -%}
{%- for name, value in values.items() %}replace({% endfor -%}
{{ template }}
{%- for name, value in values.items() %}, '{{ '{' ~ name ~ '}' }}', {{ value }}){% endfor -%}
{%- endmacro %}
