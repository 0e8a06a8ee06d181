{#-
The exact product of an emission: integers (mantissa and scale, numerator and denominator) multiplied without rounding
between terms, then ONE rounding. It holds no rule and reads no table. Digits are taken from the decimal's own text, so
that a factor with 18 decimals and a quantity with 12 keep the few digits they have. Out of range gives null.
-#}

{#- The digits of a decimal (scale of at least 1) without its point and its trailing zeros, as an integer. -#}
{% macro digits_of(x) -%}
cast(replace(rtrim(rtrim(cast({{ x }} as varchar), '0'), '.'), '.', '') as hugeint)
{%- endmacro %}

{#- How many of those digits stand behind the point. -#}
{% macro scale_of(x) -%}
length(rtrim(split_part(cast({{ x }} as varchar), '.', 2), '0'))
{%- endmacro %}

{#- Ten to the power of a whole number from 0 to 37; null beyond. -#}
{% macro power_of_ten(exponent) -%}
case when {{ exponent }} between 0 and 37 then cast(rpad('1', cast({{ exponent }} + 1 as integer), '0') as hugeint) end
{%- endmacro %}

{#- Integer quotient rounded to the nearest, a tie to the even neighbour (GB/T 8170); the denominator is positive. -#}
{% macro half_even(numerator, denominator) -%}
(sign({{ numerator }}) * (
    (2 * abs({{ numerator }}) + ({{ denominator }})) // (2 * ({{ denominator }}))
    - case
        when (2 * abs({{ numerator }}) + ({{ denominator }})) % (2 * ({{ denominator }})) = 0
            and ((2 * abs({{ numerator }}) + ({{ denominator }})) // (2 * ({{ denominator }}))) % 2 = 1 then 1
        else 0
    end
))
{%- endmacro %}

{#- Integer quotient rounded in the mode a regime names. -#}
{% macro rounded(numerator, denominator, mode) -%}
case {{ mode }}
    when 'half_even' then {{ half_even(numerator, denominator) }}
    when 'half_up' then {{ half_up(numerator, denominator) }}
end
{%- endmacro %}

{#- Do numerator and denominator, given by their sizes as floating point, stay inside 128 bits while they are rounded? -#}
{% macro is_in_range(numerator_size, denominator_size) -%}
({{ numerator_size }} < 5e37 and {{ denominator_size }} < 5e37)
{%- endmacro %}

{#- A count of millionths as a DECIMAL(38,6). -#}
{% macro from_millionths(count) -%}
cast(cast({{ count }} as decimal(38, 0)) * cast(0.000001 as decimal(6, 6)) as decimal(38, 6))
{%- endmacro %}

{#-
The exact product of a few decimals times numerator / denominator, rounded once to 6 decimals, half up: for tables outside
the emission lines (energy, shares, comparisons). `factors`: decimals with a scale of at least 1.
-#}
{% macro exact_times(factors, numerator='1', denominator='1') -%}
{%- set sizes = [] -%}{%- set digits = [] -%}{%- set scales = [] -%}
{%- for factor in factors -%}
{%- set _ = sizes.append('greatest(abs(cast(' ~ factor ~ ' as double)) * power(10, ' ~ scale_of(factor) ~ '), 1)') -%}
{%- set _ = digits.append(digits_of(factor)) -%}{%- set _ = scales.append(scale_of(factor)) -%}
{%- endfor -%}
{%- set scale = '(' ~ scales | join(' + ') ~ ')' -%}
{%- set up = 'greatest(6 - ' ~ scale ~ ', 0)' -%}{%- set down = 'greatest(' ~ scale ~ ' - 6, 0)' -%}
case
    when {{ is_in_range(
        sizes | join(' * ') ~ ' * cast(' ~ numerator ~ ' as double) * power(10, ' ~ up ~ ')',
        'cast(' ~ denominator ~ ' as double) * power(10, ' ~ down ~ ')'
    ) }}
        then {{ from_millionths(half_up(
            digits | join(' * ') ~ ' * cast(' ~ numerator ~ ' as hugeint) * ' ~ power_of_ten(up),
            'cast(' ~ denominator ~ ' as hugeint) * ' ~ power_of_ten(down)
        )) }}
end
{%- endmacro %}

{#-
Columns that spread a line's factors side by side: the n-th multiplier and divisor of a part of the product, 1 where the line
has fewer. `positions`: how many factors a part may have.
-#}
{% macro spread_factors(part, positions) -%}
{%- for position in range(1, positions + 1) -%}
coalesce(max(case when part = '{{ part }}' and position = {{ position }} then multiplier end), 1) as {{ part }}_n{{ position }},
        coalesce(max(case when part = '{{ part }}' and position = {{ position }} then divisor end), 1) as {{ part }}_d{{ position }}
        {%- if not loop.last %},
        {% endif -%}
{%- endfor -%}
{%- endmacro %}

{#- The product of such columns over several parts: `kind` is n (multipliers) or d (divisors). -#}
{% macro multiplied(parts, kind) -%}
{%- for part, positions in parts.items() -%}
{%- for position in range(1, positions + 1) %}{{ part }}_{{ kind }}{{ position }} * {% endfor -%}
{%- endfor -%} 1
{%- endmacro %}

{#-
The rounded product of spread factors as a DECIMAL(38,6); null where it does not fit. `size` and `divisor_size`: the same
products as floating point, which cannot overflow. `scale`: digits behind the point in all multipliers together.
-#}
{% macro rounded_product(parts, size, divisor_size, scale) -%}
{%- set up = 'cast(greatest(decimals - ' ~ scale ~ ', 0) as integer)' -%}
{%- set down = 'cast(greatest(' ~ scale ~ ' - decimals, 0) as integer)' -%}
case
    when has_room and {{ is_in_range(size ~ ' * power(10, ' ~ up ~ ')', divisor_size ~ ' * power(10, ' ~ down ~ ')') }}
        then {{ from_millionths(rounded(
            multiplied(parts, 'n') ~ ' * ' ~ power_of_ten(up),
            multiplied(parts, 'd') ~ ' * ' ~ power_of_ten(down),
            'rounding_mode'
        ) ~ ' * ' ~ power_of_ten('6 - decimals')) }}
end
{%- endmacro %}
