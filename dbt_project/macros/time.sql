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

{#- One row per day, first and last included, as column local_date. -#}
{% macro every_day(first_date, last_date) -%}
select cast(unnest(generate_series({{ first_date }}, {{ last_date }}, interval 1 day)) as date) as local_date
{%- endmacro %}
