{#- Integers of a change's products (变化分解): multiplied only while they fit 128 bits. It holds no rule and reads no table. -#}

{#- Product of integers; null where it does not fit. -#}
{% macro guarded_product(factors) -%}
case when {% for factor in factors %}abs(cast({{ factor }} as double)){{ ' * ' if not loop.last }}{% endfor %} < 5e37
            then {% for factor in factors %}cast({{ factor }} as hugeint){{ ' * ' if not loop.last }}{% endfor %}
        end
{%- endmacro %}

{#- Product of the integers of a list of at most `length`, absent ones counting 1; null where it does not fit. `sizes`: the
same list as floating point. -#}
{% macro product_of_list(integers, sizes, length=12) -%}
case when len({{ integers }}) <= {{ length }} and list_product(list_transform({{ sizes }}, lambda x: greatest(abs(x), 1))) < 5e37
            then {% for position in range(1, length + 1) %}coalesce({{ integers }}[{{ position }}], 1){{ ' * ' if not loop.last }}{% endfor %}
        end
{%- endmacro %}

{#- Quotient of integers rounded down, also below zero; the denominator is positive. -#}
{% macro floor_quotient(numerator, denominator) -%}
(({{ numerator }}) // ({{ denominator }}) - cast(({{ numerator }}) % ({{ denominator }}) < 0 as integer))
{%- endmacro %}

{#- The value of a side's sizes over its divisors, by floating point and always in the same order. -#}
{% macro value_of_lists(side) -%}
list_product(list_sort({{ side }}_sizes)) / list_product(list_sort({{ side }}_divisor_sizes)) / power(10, {{ side }}_scale)
{%- endmacro %}
