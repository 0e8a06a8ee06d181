{#- What the models of gaps (缺失数据) share: a fill from other periods, and what a filling makes of a reading. -#}

{#-
What `quantity` of other periods says for the missing hours of a gap, rounded to `decimals`: a quantity by its rate over
`seconds`, a property as it is; `weight` of `parts` of it.
-#}
{% macro fill_of(quantity, seconds, parts='1', weight='1', decimals=6) -%}
case aggregation
            when 'mean' then {{ exact_share(quantity, weight, parts, decimals) }}
            when 'sum' then {{ exact_share(
                quantity, 'seconds_missing * ' ~ weight, seconds ~ ('' if weight == '1' else ' * ' ~ parts), decimals
            ) }}
        end
{%- endmacro %}

{#-
A planned reading with its filling: the measured value, or for a gap both values, which a lapsed calibration moves further in
the conservative direction. A gap that no rule fills has none.
-#}
{% macro filled_columns(planned, fillings) -%}
case
            when {{ planned }}.quantity is null and {{ fillings }}.is_default then 'default'
            when {{ planned }}.quantity is null and {{ fillings }}.gap_substitute is null then 'missing'
            when {{ planned }}.quantity is null or {{ fillings }}.lapse_substitute is not null then 'substituted'
            else {{ planned }}.basis
        end as basis,
        coalesce({{ planned }}.quantity, {{ fillings }}.kept_quantity + {{ fillings }}.gap_best_estimate)
        + coalesce({{ fillings }}.lapse_best_estimate, 0) as best_estimate,
        coalesce({{ planned }}.quantity, {{ fillings }}.kept_quantity + {{ fillings }}.gap_substitute)
        + coalesce({{ fillings }}.lapse_substitute, 0) as substitute,
        case when {{ planned }}.quantity is null then {{ fillings }}.gap_best_estimate else 0 end
        + coalesce({{ fillings }}.lapse_best_estimate, 0) as fill_best_estimate,
        case when {{ planned }}.quantity is null then {{ fillings }}.gap_substitute else 0 end
        + coalesce({{ fillings }}.lapse_substitute, 0) as fill_substitute,
        {{ fillings }}.rule_id
{%- endmacro %}
