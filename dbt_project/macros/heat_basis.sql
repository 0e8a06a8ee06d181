{#- Net and gross calorific value (低位与高位发热量) as part of a unit's name; it converts nothing. -#}

{#- Does a unit or a measure say that it is gross (higher)? A heat unit that does not say so is net (低位). -#}
{% macro is_gross(text) -%}
regexp_matches(lower({{ text }}), 'gross|higher|hhv|gcv|高位')
{%- endmacro %}

{#- The unit without the mark of its heat basis: 'mmBtu(gross)' is counted in mmBtu. -#}
{% macro bare_unit(unit) -%}
trim(regexp_replace({{ unit }}, '[(（](gross|net|HHV|LHV|GCV|NCV|高位|低位)[)）]$', ''))
{%- endmacro %}
