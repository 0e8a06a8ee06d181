{#-
Where two terms of a line meet in different units: their exact ratio, reduced, or the error that there is none.
-#}
{% macro unit_joints_of(terms_table) -%}
with terms as (
    select
        *,
        last_value(nullif(numerator_unit, '') ignore nulls) over earlier as running_unit,
        last_value(nullif(heat_basis, '') ignore nulls) over earlier as running_basis
    from {{ terms_table }}
    window earlier as (partition by emission_id order by term_order rows between unbounded preceding and 1 preceding)
),

final as (
    select
        terms.emission_id,
        terms.term_order,
        ratios.numerator,
        ratios.denominator,
        concat_ws('/', terms.denominator_unit, terms.running_unit) as unit,
        case
            when ratios.numerator is null then 'UNIT_DIMENSION'
            when terms.running_basis <> nullif(terms.heat_basis, '') then 'HEAT_BASIS'
        end as error_code,
        terms.denominator_unit as error_found
    from terms
    left join {{ ref('unit_ratios') }} as ratios
        on terms.running_unit = ratios.from_unit and terms.denominator_unit = ratios.to_unit
    where
        terms.denominator_unit <> ''
        and (terms.running_unit <> terms.denominator_unit or terms.running_basis <> nullif(terms.heat_basis, ''))
)

select * from final
{%- endmacro %}
