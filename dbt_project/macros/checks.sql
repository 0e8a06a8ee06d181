{#- What the tables that are judged share: a control's tolerance in force, and its product with a quantity. It holds no limit. -#}

{#- Joins the row of a control that is in force in a month, as `controls`: its tolerance rides along as a column. -#}
{% macro with_control(control_id, month) -%}
left join {{ source('plan', 'controls') }} as controls
    on controls.control_id = '{{ control_id }}' and {{ is_in_force('controls', month) }}
{%- endmacro %}

{#- One of a control's further limits (rules.check_limits), as a number of the rules. -#}
{% macro limit_of(control_id, limit) -%}
(
    select limits.value
    from {{ source('rules', 'check_limits') }} as limits
    where limits.control_id = '{{ control_id }}' and limits.name = '{{ limit }}'
)
{%- endmacro %}

{#- quantity × ratio, both decimals, rounded once to 12 decimals; null beyond the exact range. -#}
{% macro times_ratio(quantity, ratio) -%}
{{ exact_share(quantity, mantissa(ratio), 1000000000000) }}
{%- endmacro %}

{#- |value − reference| as a share of the reference, but of no less than `floor`, so that months near zero do not cry out. -#}
{% macro relative_gap(value, reference, floor) -%}
abs({{ value }} - {{ reference }}) / nullif(greatest(abs({{ reference }}), {{ floor }}), 0)
{%- endmacro %}

{#- The site codes of a staged record type, by month of its date. -#}
{% macro sites_of(staged, local_date) -%}
select site_code, cast(date_trunc('month', {{ local_date }}) as date) as month
from {{ ref(staged) }}
where is_current
{%- endmacro %}
