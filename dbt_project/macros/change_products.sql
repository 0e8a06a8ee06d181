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

{#-
A mixed number (struct of whole `units` and a `rest` over `divisor`) times an integer of at most 36 digits, exact; null where
it does not fit. The product itself may be far wider than 128 bits: the rest is multiplied by nine digits of the integer at a
time (Horner's rule) and divided at once, so nothing in between exceeds 2 * divisor * 10^9.
-#}
{% macro mixed_product(mixed, integer, divisor) -%}
case
    when (abs(cast({{ mixed }}.units as double)) + 1) * abs(cast({{ integer }} as double)) >= 5e37
        or abs({{ integer }}) >= {{ power_of_ten(36) }} or {{ divisor }} >= {{ widest_divisor() }} then null
    when abs(cast({{ mixed }}.rest as double)) * abs(cast({{ integer }} as double)) < 5e37 then struct_pack(
        units := {{ mixed }}.units * {{ integer }} + {{ mixed }}.rest * {{ integer }} // {{ divisor }},
        rest := {{ mixed }}.rest * {{ integer }} % {{ divisor }}
    )
    else {{ digit_by_digit(mixed, integer, divisor) }}[1]
end
{%- endmacro %}

{#- The steps of Horner's rule, nine digits each, as a list of one mixed number. -#}
{% macro digit_by_digit(mixed, integer, divisor) -%}
{%- set steps = namespace(done='[struct_pack(units := cast(0 as hugeint), rest := cast(0 as hugeint))]') -%}
{%- for behind in [27, 18, 9, 0] -%}
{%- set digits = '(' ~ integer ~ ' // ' ~ 10 ** behind ~ ' % 1000000000)' -%}
{%- set rest = '(done.rest * 1000000000 + ' ~ mixed ~ '.rest * ' ~ digits ~ ')' -%}
{%- set steps.done = 'list_transform(' ~ steps.done ~ ', lambda done: struct_pack(units := done.units * 1000000000 + '
    ~ mixed ~ '.units * ' ~ digits ~ ' + ' ~ rest ~ ' // ' ~ divisor ~ ', rest := ' ~ rest ~ ' % ' ~ divisor ~ '))' -%}
{%- endfor -%}
{{ steps.done }}
{%- endmacro %}

{#- Above it a rest times nine digits would not fit 128 bits. -#}
{% macro widest_divisor() -%}
cast({{ 8 * 10 ** 28 }} as hugeint)
{%- endmacro %}
