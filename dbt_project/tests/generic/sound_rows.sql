{#- What holds of every row of a table: `key` names it once (nulls count as a value, so that a key with a gap cannot hide a
double row), and no column of `filled` is null. One test a table: a test a column dominates the run time. -#}
{% test sound_rows(model, key=[], filled=[]) %}
{%- set faults = [] -%}
{%- if filled -%}
  {%- do faults.append(
    "select 'a column is null' as fault, 1 as row_count from " ~ model ~ " where " ~ (filled | join(" is null or ")) ~ " is null"
  ) -%}
{%- endif -%}
{%- if key -%}
  {%- do faults.append(
    "select 'a key names several rows' as fault, count(*) as row_count from " ~ model ~ " group by " ~ (key | join(", ")) ~ " having count(*) > 1"
  ) -%}
{%- endif -%}
{{ faults | join("\nunion all\n") }}
{% endtest %}
