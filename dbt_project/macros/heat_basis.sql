{#- Net and gross calorific value (低位与高位发热量) as part of a unit's name; it converts nothing. -#}

{#- Does a unit or a measure say that it is gross (higher)? A heat unit that does not say so is net (低位). -#}
{% macro is_gross(text) -%}
regexp_matches(lower({{ text }}), 'gross|higher|hhv|gcv|高位')
{%- endmacro %}

{#- The unit without the mark of its heat basis: 'mmBtu(gross)' is counted in mmBtu. -#}
{% macro bare_unit(unit) -%}
trim(regexp_replace({{ unit }}, '[(（](gross|net|HHV|LHV|GCV|NCV|高位|低位)[)）]$', ''))
{%- endmacro %}

{#- The state from which a regime counts the heat of steam or water: an enthalpy or a temperature; 0 where it names none. -#}
{% macro heat_reference(kind, regimes) -%}
coalesce(
    case {{ kind }}
        when 'enthalpy' then {{ regimes }}.heat_reference_kj_per_kg
        when 'temperature' then {{ regimes }}.water_reference_celsius
    end, 0
)
{%- endmacro %}

{#- The unit that state is given in. -#}
{% macro heat_reference_unit(kind) -%}
case {{ kind }} when 'enthalpy' then 'kJ/kg' when 'temperature' then '℃' end
{%- endmacro %}
