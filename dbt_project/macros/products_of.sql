{#-
The exact product of each line's terms (精确连乘): integers only, nothing rounded between terms, ONE rounding at the end, as far as
tonnes of gas and as far as tonnes CO2e. `terms`: rows in the shape of workings; `key`: what a product is of, an emission line
or a line with one of its values changed. Outside 128 bits there is no product.
-#}
{% macro products_of(terms, key='emission_id') -%}
{%- set mass, gwp = 12, 4 -%}
with placed as (
    select
        emission_id,
        {{ key }} as product_id,
        case when term_order < 1000 then 'mass' else 'gwp' end as part,
        row_number() over (partition by {{ key }}, term_order < 1000 order by term_order) as position,
        digits is null or numerator is null as is_unknown,
        scale,
        case when abs(cast(digits as double)) * cast(numerator as double) < 5e37 then digits * numerator end
            as multiplier,
        denominator as divisor,
        greatest(abs(cast(digits as double)), 1) * cast(numerator as double) as multiplier_size
    from {{ terms }}
    where error_code is null
),

spread as (
    select
        product_id,
        any_value(emission_id) as emission_id,
        {{ spread_factors('mass', mass) }},
        {{ spread_factors('gwp', gwp) }},
        bool_or(is_unknown) as is_unknown,
        coalesce(sum(scale) filter (where part = 'mass'), 0) as mass_scale,
        coalesce(sum(scale), 0) as co2e_scale,
        max(case when part = 'mass' then position - {{ mass }} else position - {{ gwp }} end) <= 0 as has_room,
        product(multiplier_size) filter (where part = 'mass') as mass_size,
        product(multiplier_size) as co2e_size,
        product(cast(divisor as double)) filter (where part = 'mass') as mass_divisor_size,
        product(cast(divisor as double)) as co2e_divisor_size
    from placed
    group by product_id
),

ruled as (
    select
        spread.*,
        regimes.rounding_mode,
        case when regimes.rounding_stage = 'line' then regimes.rounding_decimals else 6 end as decimals
    from spread
    inner join {{ ref('emission_lines') }} as lines on spread.emission_id = lines.emission_id
    inner join {{ source('rules', 'regimes') }} as regimes on lines.regime = regimes.regime
    where not spread.is_unknown
),

final as (
    select
        product_id as {{ key }},
        {{ rounded_product({'mass': mass}, 'mass_size', 'mass_divisor_size', 'mass_scale') }} as mass_t,
        {{ rounded_product({'mass': mass, 'gwp': gwp}, 'co2e_size', 'co2e_divisor_size', 'co2e_scale') }} as co2e_t
    from ruled
)

select * from final
{%- endmacro %}
