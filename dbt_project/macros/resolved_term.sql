{#-
One shape for every factor of a product: its digits and scale, the exact ratio it is multiplied by, what it counts and what
it divides by, and where it comes from. `value`: a decimal; without one the term is its ratio alone.
-#}
{% macro resolved_term(relation, term_order, term, basis, value=none, value_text="''", numerator='1', denominator='1',
                       numerator_unit="''", denominator_unit="''", unit="''", heat_basis="''", factor_id='null',
                       parameter_id='null', is_earlier_year='false', error_code='null', error_found="''",
                       condition='true') %}
    select
        emission_id,
        {{ term_order }} as term_order,
        {{ term }} as term,
        {{ basis }} as basis,
        {{ value_text if value is none else value_text_of(value) if value_text == "''" else value_text }} as value_text,
        {{ 'cast(1 as hugeint)' if value is none else digits_of(value) }} as digits,
        {{ '0' if value is none else scale_of(value) }} as scale,
        cast({{ numerator }} as hugeint) as numerator,
        cast({{ denominator }} as hugeint) as denominator,
        {{ numerator_unit }} as numerator_unit,
        {{ denominator_unit }} as denominator_unit,
        {{ unit }} as unit,
        {{ heat_basis }} as heat_basis,
        cast({{ factor_id }} as varchar) as factor_id,
        {{ is_earlier_year }} as is_earlier_year,
        cast({{ parameter_id }} as varchar) as parameter_id,
        cast({{ error_code }} as varchar) as error_code,
        cast({{ error_found }} as varchar) as error_found
    from {{ relation }}
    where {{ condition }}
{% endmacro %}

{#- A decimal as a person writes it: no zeros behind the last digit. -#}
{% macro value_text_of(x) -%}
rtrim(rtrim(cast({{ x }} as varchar), '0'), '.')
{%- endmacro %}

{#- The unit of a tonne of a gas: a tonne of biogenic CO2 is a tonne of CO2 that is shown apart. -#}
{% macro tonne_of(gas) -%}
't' || replace({{ gas }}, '-biogenic', '')
{%- endmacro %}
