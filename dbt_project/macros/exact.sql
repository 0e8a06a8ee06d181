{#-
Exact arithmetic on decimals by integers of 128 bits; it holds no rule and reads no table. DuckDB divides decimals as
floating point and a product of two wide decimals may not fit, so here a DECIMAL(38,12) becomes its mantissa (a count of
10^-12), integers are multiplied, and there is ONE rounding, half up (away from zero). Out of range gives null, never an
aborted query: |numerator| and the doubled remainder stay below 1.7e38.
-#}

{#- A decimal as a count of 10^-12, without a detour over text. -#}
{% macro mantissa(x) -%}
(cast(trunc({{ x }}) as hugeint) * 1000000000000 + cast(({{ x }} - trunc({{ x }})) * 1000000000000 as hugeint))
{%- endmacro %}

{#- A decimal of at most 6 decimals (tonnes) as a count of 10^-6. -#}
{% macro millionths(x) -%}
({{ mantissa(x) }} // 1000000)
{%- endmacro %}

{#- Integer quotient rounded half up (away from zero); the denominator is positive. -#}
{% macro half_up(numerator, denominator) -%}
(sign({{ numerator }}) * ((2 * abs({{ numerator }}) + ({{ denominator }})) // (2 * ({{ denominator }}))))
{%- endmacro %}

{#- A count of 10^-12 as a DECIMAL(38,12); null beyond 26 digits before the point. -#}
{% macro from_mantissa(count) -%}
case when abs({{ count }}) < cast('1' || repeat('0', 37) as hugeint)
    then cast(cast({{ count }} as decimal(38, 0)) * cast(0.000000000001 as decimal(12, 12)) as decimal(38, 12))
end
{%- endmacro %}

{#- numerator / denominator (integers, denominator > 0) rounded once, half up, to `decimals` (at most 12) decimals. -#}
{% macro exact_ratio(numerator, denominator, decimals=6) -%}
case
    when abs({{ numerator }}) <= cast('4' || repeat('0', {{ 37 - decimals }}) as hugeint)
        and ({{ denominator }}) between 1 and cast('4' || repeat('0', 37) as hugeint)
        then try_cast(
            cast({{ half_up('(' ~ numerator ~ ') * ' ~ 10 ** decimals, denominator) }} as decimal(38, 0))
            * cast({{ '0.' ~ '0' * (decimals - 1) ~ '1' }} as decimal({{ decimals }}, {{ decimals }})) as decimal(38, 12)
        )
end
{%- endmacro %}

{#- quantity x numerator / denominator, rounded once to `decimals`: a DECIMAL(38,12) times a ratio of integers. -#}
{% macro exact_share(quantity, numerator, denominator, decimals=12) -%}
case
    when abs({{ mantissa(quantity) }})
        <= cast('4' || repeat('0', 37) as hugeint) // greatest(abs(cast({{ numerator }} as hugeint)), 1)
        and cast({{ denominator }} as hugeint) between 1 and cast('4' || repeat('0', {{ 25 + decimals }}) as hugeint)
        then try_cast(
            cast(
                {{ half_up(
                    mantissa(quantity) ~ ' * cast(' ~ numerator ~ ' as hugeint)',
                    'cast(' ~ denominator ~ ' as hugeint) * ' ~ 10 ** (12 - decimals)
                ) }} as decimal(38, 0)
            ) * cast({{ '0.' ~ '0' * (decimals - 1) ~ '1' }} as decimal({{ decimals }}, {{ decimals }})) as decimal(38, 12)
        )
end
{%- endmacro %}

{#- A quantity in another unit of its dimension: nothing is computed where the units are the same. -#}
{% macro convert(quantity, numerator, denominator) -%}
case when {{ numerator }} = {{ denominator }} then {{ quantity }}
    else {{ exact_share(quantity, numerator, denominator) }}
end
{%- endmacro %}

{#- Whole seconds (not negative, below 4e12) as hours, rounded to 6 decimals. -#}
{% macro hours(seconds) -%}
cast(
    cast((cast({{ seconds }} as bigint) * 2000000 + 3600) // 7200 as decimal(18, 0)) * cast(0.000001 as decimal(6, 6))
    as decimal(18, 6)
)
{%- endmacro %}
