{#- Every pair of the two lists has at least one row in the model: a rule that is not written down is found here. -#}
{% test covers_all_pairs(model, left, left_column, right, right_column) %}
select
    lefts.{{ left_column }},
    rights.{{ right_column }}
from {{ source('rules', left) }} as lefts
cross join {{ source('rules', right) }} as rights
left join {{ model }} as pairs
    on lefts.{{ left_column }} = coalesce(pairs.{{ left_column }}, lefts.{{ left_column }}) and rights.{{ right_column }} = pairs.{{ right_column }}
where pairs.{{ right_column }} is null
{% endtest %}
