{#- The verification status of what is computed from several factors: that of the least checked of them (核实状态取最差). -#}
{% macro worst_status(statuses, aggregate=false) -%}
case
    {%- for status in ['unverified', 'secondary'] %}
    when {{ 'bool_or(' ~ statuses[0] ~ " = '" ~ status ~ "')" if aggregate
        else "'" ~ status ~ "' in (" ~ statuses | join(', ') ~ ')' }} then '{{ status }}'
    {%- endfor %}
    else {{ 'min(' ~ statuses[0] ~ ')' if aggregate else statuses[0] }}
end
{%- endmacro %}
