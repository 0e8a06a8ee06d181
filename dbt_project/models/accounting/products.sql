-- The exact product of each line (精确连乘): integers only, nothing rounded between terms, ONE rounding at the end, as far as
-- tonnes of gas ('mass') and as far as tonnes CO2e. Outside 128 bits there is no product, and the line says so.
{%- set positions = {'mass': 12, 'gwp': 4} %}
with placed as (
    select
        emission_id,
        case when term_order < 1000 then 'mass' else 'gwp' end as part,
        row_number() over (partition by emission_id, term_order < 1000 order by term_order) as position,
        digits is null as is_unknown,
        scale,
        case when abs(cast(digits as double)) * cast(numerator as double) < 5e37 then digits * numerator end as multiplier,
        denominator as divisor,
        greatest(abs(cast(digits as double)), 1) * cast(numerator as double) as multiplier_size
    from {{ ref('workings') }}
),

spread as (
    select
        emission_id,
        {{ spread_factors('mass', positions.mass) | indent(8) }}
        {{ spread_factors('gwp', positions.gwp) | indent(8) }}
        bool_or(is_unknown) as is_unknown,
        coalesce(sum(scale) filter (where part = 'mass'), 0) as mass_scale,
        coalesce(sum(scale), 0) as co2e_scale,
        max(case when part = 'mass' then position - {{ positions.mass }} else position - {{ positions.gwp }} end) <= 0 as has_room,
        product(multiplier_size) filter (where part = 'mass') as mass_size,
        product(multiplier_size) as co2e_size,
        product(cast(divisor as double)) filter (where part = 'mass') as mass_divisor_size,
        product(cast(divisor as double)) as co2e_divisor_size
    from placed
    group by emission_id
),

scaled as (
    select
        spread.*,
        regimes.rounding_mode,
        case when regimes.rounding_stage = 'line' then regimes.rounding_decimals else 6 end as decimals
    from spread
    inner join {{ ref('emission_lines') }} as lines on spread.emission_id = lines.emission_id
    inner join {{ ref('regimes') }} as regimes on lines.regime = regimes.regime
    where lines.error_code is null and not spread.is_unknown
),

multiplied as (
    select
        emission_id,
        rounding_mode,
        decimals,
        {% for measure in ['mass', 'co2e'] -%}
        {%- set parts = ['mass'] if measure == 'mass' else ['mass', 'gwp'] -%}
        {%- set up = 'greatest(decimals - ' ~ measure ~ '_scale, 0)' -%}
        {%- set down = 'greatest(' ~ measure ~ '_scale - decimals, 0)' -%}
        has_room and {{ is_in_range(measure ~ '_size * power(10, ' ~ up ~ ')', measure ~ '_divisor_size * power(10, ' ~ down ~ ')') }}
            as {{ measure }}_fits,
        case when {{ measure }}_fits
            then {% for part in parts %}{{ multiplied(part, 'n', positions[part]) }} * {% endfor %}{{ power_of_ten(up) }}
        end as {{ measure }}_numerator,
        case when {{ measure }}_fits
            then {% for part in parts %}{{ multiplied(part, 'd', positions[part]) }} * {% endfor %}{{ power_of_ten(down) }}
        end as {{ measure }}_denominator{{ ',' if not loop.last }}
        {% endfor %}
    from scaled
),

final as (
    select
        emission_id,
        {{ from_millionths(rounded('mass_numerator', 'mass_denominator', 'rounding_mode') ~ ' * ' ~ power_of_ten('6 - decimals')) }}
            as mass_t,
        {{ from_millionths(rounded('co2e_numerator', 'co2e_denominator', 'rounding_mode') ~ ' * ' ~ power_of_ten('6 - decimals')) }}
            as co2e_t
    from multiplied
)

select * from final
