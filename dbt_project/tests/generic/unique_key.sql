{#- The columns together name a row once. Nulls count as a value, so that a key with a gap cannot hide a double row. -#}
{% test unique_key(model, columns) %}
select {{ columns | join(', ') }}, count(*) as row_count
from {{ model }}
group by {{ columns | join(', ') }}
having count(*) > 1
{% endtest %}
