{#- A part as a share of a whole, to 6 decimals, half up; null where the whole is zero or unknown. -#}
{% macro share_of(part, whole) -%}
cast({{ exact_ratio(
    mantissa(part) ~ ' * cast(sign(' ~ whole ~ ') as integer)', 'nullif(abs(' ~ mantissa(whole) ~ '), 0)'
) }} as decimal(18, 6))
{%- endmacro %}
