{#- What the doors' models share: a door's failures as verdicts, the row of a control in force, dbt's own controls. -#}

{#- Was the row of a control in force on a day? A control without dates always is. -#}
{% macro is_in_force(controls, local_date) -%}
{{ local_date }} >= coalesce({{ controls }}.valid_from, date '0001-01-01')
    and {{ local_date }} < coalesce({{ controls }}.valid_to, date '9999-12-31')
{%- endmacro %}

{#- The plan's controls, each row with whether it is its control's newest. -#}
{% macro control_rows() -%}
(
    select
        *,
        row_number() over (partition by control_id order by valid_from desc nulls last) = 1 as is_newest
    from {{ source('plan', 'controls') }}
)
{%- endmacro %}

{#- The row of control_rows that speaks for a month: the one in force, and where no month is known the newest. -#}
{% macro speaks_for(controls, month) -%}
case when {{ month }} is null then {{ controls }}.is_newest else {{ is_in_force(controls, month) }} end
{%- endmacro %}

{#- A control's message with what the row holds and who acts put into it; `language`: zh or en. -#}
{% macro told(language) -%}
replace(replace(replace(replace(replace(
    controls.message_{{ language }},
    '{found}', judged.found_{{ language }}),
    '{expected}', judged.expected_{{ language }}),
    '{row}', judged.row_key),
    '{owner}', coalesce(concat_ws(' ', nullif(roles.name_{{ language }}, ''), nullif(roles.person, '')), controls.owner_role, '')),
    '{treatment}', coalesce(controls.treatment_{{ language }}, ''))
{%- endmacro %}

{#- One row per control and failing row of a door, by the control's row in force then; a row that fails several
    expectations of a control is one verdict. -#}
{% macro failures_of(door) -%}
select
    judged.control_id,
    controls.severity,
    judged.table_name,
    judged.row_key,
    judged.facility_id,
    judged.planned_id,
    judged.stream_id,
    judged.regime,
    judged.period_start,
    judged.month,
    judged.found,
    judged.expected,
    judged.found_zh,
    judged.found_en,
    judged.expected_zh,
    judged.expected_en,
    {{ told('zh') }} as message_zh,
    {{ told('en') }} as message_en
from (
    select
        control_id,
        table_name,
        row_key,
        facility_id,
        planned_id,
        stream_id,
        regime,
        period_start,
        cast(date_trunc('month', period_start) as date) as month,
        string_agg(found, '; ' order by expectation) as found,
        string_agg(expected, '; ' order by expectation) as expected,
        string_agg(found_zh, '；' order by expectation) as found_zh,
        string_agg(found_en, '; ' order by expectation) as found_en,
        string_agg(expected_zh, '；' order by expectation) as expected_zh,
        string_agg(expected_en, '; ' order by expectation) as expected_en
    from {{ ref(door) }}
    where record_kind = 'failure'
    group by all
) as judged
inner join {{ control_rows() }} as controls
    on judged.control_id = controls.control_id and {{ speaks_for('controls', 'judged.month') }}
left join {{ source('plan', 'roles') }} as roles on controls.owner_role = roles.role_id
where controls.enforced_by = 'suite'
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
