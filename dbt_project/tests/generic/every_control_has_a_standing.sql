{#- Every control of the plan, whoever enforces it, has at least one row: a control that never ran is seen. -#}
{% test every_control_has_a_standing(model) %}
select controls.control_id
from {{ source('plan', 'controls') }} as controls
left join {{ model }} as standings on controls.control_id = standings.control_id
where standings.control_id is null
{% endtest %}
