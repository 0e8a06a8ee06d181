{#- What the models of targets (目标) share. No limit stands here. -#}

{#- A value less a share of it, rounded once to 9 decimals. -#}
{% macro reduced_by(value, share) -%}
round(cast({{ value }} as decimal(24, 9)) * (1 - cast({{ share }} as decimal(9, 6))), 9)
{%- endmacro %}
