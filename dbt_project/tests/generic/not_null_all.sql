{#- One not-null test over several columns: a row fails when any of them is null. A test per column dominates the run time. -#}
{% test not_null_all(model, columns) %}
select *
from {{ model }}
where {% for column in columns %}{{ column }} is null{% if not loop.last %} or {% endif %}{% endfor %}
{% endtest %}
