{#- Time arithmetic that engines spell differently; it knows no calendar rule. -#}

{#- Whole seconds from one local wall-clock instant to another. -#}
{% macro seconds_between(start_at, end_at) -%}
date_diff('second', {{ start_at }}, {{ end_at }})
{%- endmacro %}

{#- Whole days from one date to another. -#}
{% macro days_between(start_date, end_date) -%}
date_diff('day', {{ start_date }}, {{ end_date }})
{%- endmacro %}

{#- The first day of the period of `frequency` ('day' or 'month') that holds a date. -#}
{% macro period_of(frequency, local_date) -%}
case when {{ frequency }} = 'day' then {{ local_date }} else cast(date_trunc('month', {{ local_date }}) as date) end
{%- endmacro %}
