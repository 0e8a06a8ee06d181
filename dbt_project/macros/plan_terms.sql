{#- How the plan's (数据质量控制计划) words are read, in one place; no limit and no rule of an enterprise stands here. -#}

{#- Does a source's key answer to the key in the plan? A trailing * there stands for any ending, as certificates have. -#}
{% macro is_named_by(source_key, planned_key) -%}
({{ source_key }} = {{ planned_key }}
    or ({{ planned_key }} like '%*' and starts_with({{ source_key }}, rtrim({{ planned_key }}, '*'))))
{%- endmacro %}

{#- How the readings of a parameter make up a period: 'sum', 'mean' or 'balance'. The weather is never added up. -#}
{% macro aggregation_of(parameters, kinds) -%}
case when {{ parameters }}.record_type = 'weather' then 'mean' else {{ kinds }}.aggregation end
{%- endmacro %}

{#- Is a date inside a validity: from inclusive, to exclusive, no end when null? -#}
{% macro is_valid_on(local_date, validity) -%}
{{ local_date }} >= {{ validity }}.valid_from and {{ local_date }} < coalesce({{ validity }}.valid_to, date '9999-12-31')
{%- endmacro %}

{#- Why a source of figures is unplanned, zh / en. `is_unknown`: no meter of the plan goes by that name. -#}
{% macro unplanned_message(figures, is_unknown) -%}
case
    when {{ figures }}.record_type in ('load_profile', 'register_reading') and {{ is_unknown }}
        then concat(
            '表计 ', {{ figures }}.source_key, ' 不在计划中，请补入 meters.csv。 / meter ', {{ figures }}.source_key,
            ' is not in the plan: add it to meters.csv.'
        )
    else concat(
        '计划中没有参数在这些日期采用 ', {{ figures }}.record_type, ' ',
        concat_ws('/', {{ figures }}.source_key, nullif({{ figures }}.measure, '')),
        '，请补入 parameters.csv。 / no parameter of the plan takes ', {{ figures }}.record_type, ' ',
        concat_ws('/', {{ figures }}.source_key, nullif({{ figures }}.measure, '')),
        ' on these dates: add it to parameters.csv.'
    )
end
{%- endmacro %}
