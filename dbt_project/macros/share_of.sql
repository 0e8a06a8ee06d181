{#- A quantity as a whole number of trillionths, whatever its scale: what shares are divided from; null out of range. -#}
{% macro trillionths(x) -%}
cast(replace(cast(try_cast({{ x }} as decimal(38, 12)) as varchar), '.', '') as hugeint)
{%- endmacro %}

{#- A part as a share of a whole, both as whole numbers, to 6 decimals, half up; null where the whole is zero or unknown. -#}
{% macro share_of(part, whole) -%}
case
    when {{ whole }} <> 0
        and abs({{ whole }}) < cast('5' || repeat('0', 37) as hugeint)
        and abs({{ part }}) < cast('1' || repeat('0', 31) as hugeint)
        then cast(
            cast({{ half_up('(' ~ part ~ ' * sign(' ~ whole ~ ') * 1000000)', 'abs(' ~ whole ~ ')') }} as decimal(38, 0))
            * cast(0.000001 as decimal(6, 6)) as decimal(18, 6)
        )
end
{%- endmacro %}
