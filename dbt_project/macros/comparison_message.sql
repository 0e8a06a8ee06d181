{#- A comparison's text with its placeholders filled: what is stated, what is recomputed, their unit and gap. -#}
{% macro comparison_message(template) -%}
replace(replace(replace(replace({{ template }},
    '{stated}', rtrim(rtrim(cast(stated as varchar), '0'), '.')),
    '{recomputed}', rtrim(rtrim(cast(recomputed as varchar), '0'), '.')),
    '{unit}', unit),
    '{gap}', gap_percent)
{%- endmacro %}
