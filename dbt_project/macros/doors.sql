{#- What the doors' models share: a door's failures as verdicts, and the controls that dbt's own tests enforce. -#}

{#- One row per control and failing row of a door; a row that fails several expectations of a control is one verdict.
    {found} and {expected} in a control's message are replaced by the row's own. -#}
{% macro failures_of(door) -%}
select
    failures.control_id,
    any_value(controls.severity) as severity,
    failures.table_name,
    failures.row_key,
    failures.facility_id,
    failures.period_start,
    cast(date_trunc('month', failures.period_start) as date) as month,
    string_agg(failures.found, '; ' order by failures.expectation) as found,
    string_agg(failures.expected, '; ' order by failures.expectation) as expected,
    replace(replace(
        any_value(controls.message_zh),
        '{found}', string_agg(failures.found, '; ' order by failures.expectation)),
        '{expected}', string_agg(failures.expected, '; ' order by failures.expectation)
    ) as message_zh,
    replace(replace(
        any_value(controls.message_en),
        '{found}', string_agg(failures.found, '; ' order by failures.expectation)),
        '{expected}', string_agg(failures.expected, '; ' order by failures.expectation)
    ) as message_en
from {{ ref(door) }} as failures
inner join {{ source('plan', 'controls') }} as controls on failures.control_id = controls.control_id
where failures.record_kind = 'failure'
group by failures.control_id, failures.table_name, failures.row_key, failures.facility_id, failures.period_start
{%- endmacro %}

{#- Controls that a dbt test carries (config.meta.control: DQ03). Only a test that stops the build proves anything: whoever
    reads a published warehouse then knows that it passed. -#}
{% macro controls_tested_by_dbt() -%}
{%- set found = namespace(controls=[]) -%}
{%- if execute -%}
{%- for node in graph.nodes.values() if node.resource_type == 'test' -%}
{%- set control = (node.config.meta or {}).get('control') -%}
{%- if control and node.config.severity | lower == 'error' -%}
{%- set found.controls = found.controls + ["'" ~ control ~ "'"] -%}
{%- endif -%}
{%- endfor -%}
{%- endif -%}
select unnest(cast([{{ found.controls | unique | sort | join(', ') }}] as varchar[])) as control_id
{%- endmacro %}
