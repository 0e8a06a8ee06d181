{#- What the words of a meter's event (表计事件) mean; it computes nothing. -#}

{#- Where a reading stands in its register's life: 0 its final reading, 1 in between, 2 its first. -#}
{% macro register_place(event) -%}
case
    when lower({{ event }}) in ('removed', '拆表', '拆除') then 0
    when lower({{ event }}) in ('installed', 'replaced', '装表', '安装', '换表') then 2
    else 1
end
{%- endmacro %}

{#- Ten to the power of the register's digits: where it rolls over. Null when the digits are not known. -#}
{% macro register_top(digits) -%}
cast('1' || repeat('0', {{ digits }}) as decimal(38, 12))
{%- endmacro %}
