{#- A month's value from the total of its periods: a quantity adds up, a property is the mean of the periods that have one. -#}
{% macro month_value(total, periods) -%}
case when aggregation = 'mean' then {{ exact_ratio(mantissa(total), periods ~ ' * 1000000000000', 12) }} else {{ total }} end
{%- endmacro %}

{#- Why a month is incomplete, one sentence for each reason, naming stream, parameter, month and control. -#}
{% macro gap_reason(lacks, from_on, no_rule, fails, separator) -%}
concat_ws(
    '{{ separator }}',
    case
        when periods_missing > 0
            then concat_ws(' ', line, '{{ lacks }}', periods_missing, '{{ from_on }}', first_missing, '{{ no_rule }}')
    end,
    case when failed_controls <> '' then concat_ws(' ', line, '{{ fails }}', failed_controls) end
)
{%- endmacro %}
