{#- A door succeeds when each control that the plan gives to a suite of it has a verdict; an absent one is found here. -#}
{% test every_suite_control_has_a_verdict(model) %}
select controls.control_id
from {{ source('plan', 'controls') }} as controls
left join {{ model }} as given
    on controls.control_id = given.control_id
    and given.record_kind = 'control'
where controls.enforced_by = 'suite'
    and '{{ model.identifier }}' in (controls.door || '_door', case controls.door when 'both' then '{{ model.identifier }}' end)
    and given.status is null
{% endtest %}
