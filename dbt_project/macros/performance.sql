{#- What the models of performance (绩效) share: degree days, their base temperatures, and the limits they are judged by. -#}

{#- Degrees by which a day's mean temperature lies below a heating base or above a cooling base; null where it is unknown. -#}
{% macro degrees_beyond(variable, base_c, temperature_c) -%}
case
    when {{ temperature_c }} is null then null
    when {{ variable }} = 'heating_degree_days' then greatest({{ base_c }} - {{ temperature_c }}, 0)
    else greatest({{ temperature_c }} - {{ base_c }}, 0)
end
{%- endmacro %}

{#- The base temperatures of a variable by subject: the plan's one, else every whole degree between the two limits. -#}
{% macro base_temperatures(variable, planned, low, high) -%}
select
    subjects.subject_id,
    '{{ variable }}' as variable,
    unnest(case
        when subjects.{{ planned }} is not null then [cast(subjects.{{ planned }} as decimal(18, 6))]
        else list_transform(
            range(cast({{ performance_limit(low) }} as integer), cast({{ performance_limit(high) }} as integer) + 1),
            lambda base: cast(base as decimal(18, 6))
        )
    end) as base_c
from {{ source('plan', 'subjects') }} as subjects
{%- endmacro %}

{#- One of the limits of rules.performance_limits, as a number. -#}
{% macro performance_limit(name) -%}
(select limits.value from {{ source('rules', 'performance_limits') }} as limits where limits.name = '{{ name }}')
{%- endmacro %}

{#- Emissions per production, rounded once to 9 decimals; null where either is not whole. -#}
{% macro intensity_of(emissions, production, condition='true') -%}
case
    when {{ condition }} and {{ production }} > 0
        then {{ exact_ratio(mantissa(emissions), mantissa(production), 9) }}
end
{%- endmacro %}

{#- The mean of the years asked for, rounded once to 6 decimals. -#}
{% macro mean_year_of(emissions) -%}
{{ exact_ratio(mantissa(emissions), 'spanned.years_asked * 1000000000000', 6) }}
{%- endmacro %}

{#- A statistic as it is stated: rounded to fixed decimals, so that the same inputs give the same digits. -#}
{% macro stated(value, decimals=9) -%}
cast(round({{ value }}, {{ decimals }}) as decimal(38, {{ decimals }}))
{%- endmacro %}

{#- A decimal as a person writes it, without zeros behind its last digit. -#}
{% macro plain_number(value) -%}
rtrim(rtrim(cast({{ value }} as varchar), '0'), '.')
{%- endmacro %}
