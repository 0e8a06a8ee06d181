{#- As many failing rows stand in a door's table as Great Expectations counted; an ERROR has none. -#}
{% test failures_are_all_there(model) %}
select
    controls.control_id,
    controls.suite,
    controls.unexpected_count,
    count(failures.row_key) as failure_count
from {{ model }} as controls
left join {{ model }} as failures
    on failures.record_kind = 'failure'
    and controls.control_id = failures.control_id
    and controls.suite = failures.suite
where controls.record_kind = 'control'
group by controls.control_id, controls.suite, controls.status, controls.unexpected_count
having count(failures.row_key) <> case when controls.status = 'ERROR' then 0 else controls.unexpected_count end
{% endtest %}
