{#- A decimal rounded half away from zero (四舍五入) to a number of decimals that a column holds, 0 to 6. -#}
{% macro rounded_to(quantity, decimals) -%}
case {{ decimals }}
    {%- for places in range(7) %}
    when {{ places }} then cast(round({{ quantity }}, {{ places }}) as decimal(38, 6))
    {%- endfor %}
end
{%- endmacro %}
