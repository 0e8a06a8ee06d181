-- The places of a line's product that differ (变化的连乘位置), each as two integers on one scale over one divisor, beside the
-- product of everything that did not change. A place that outgrows 128 bits keeps its size only.
with multiplied as (
    select
        emission_id,
        place,
        max(earlier_parameter_id) as earlier_parameter_id,
        max(later_parameter_id) as later_parameter_id,
        bool_and(is_same) as is_same,
        {# what did not change is the same on the later side -#}
    {% for side, which in [('earlier', 'true'), ('later', "place <> 'unchanged'")] -%}
        list({{ side }}_multiplier) filter (where {{ which }}) as {{ side }}_multipliers,
        list({{ side }}_size) filter (where {{ which }}) as {{ side }}_sizes,
        list({{ side }}_divisor) filter (where {{ which }}) as {{ side }}_divisors,
        list(cast({{ side }}_divisor as double)) filter (where {{ which }}) as {{ side }}_divisor_sizes,
        cast(sum({{ side }}_scale) as integer) as {{ side }}_scale
        {{- ',' if not loop.last }}
    {% endfor -%}
    from {{ ref('placed_terms') }}
    where emission_id in (select emission_id from {{ ref('placed_terms') }} where not is_same)
    group by emission_id, place
),

products as (
    select
        * exclude (earlier_multipliers, later_multipliers, earlier_divisors, later_divisors),
    {% for side in ['earlier', 'later'] -%}
        {{ product_of_list(side ~ '_multipliers', side ~ '_sizes') }} as {{ side }}_multiplier,
        {{ product_of_list(side ~ '_divisors', side ~ '_divisor_sizes') }} as {{ side }}_divisor
        {{- ',' if not loop.last }}
    {% endfor -%}
    from multiplied
),

scaled as (
    select
        *,
        greatest(earlier_scale, later_scale) as scale,
        gcd(earlier_divisor, later_divisor) as divisors_gcd
    from products
    where place <> 'unchanged'
),

final as (
    select
        emission_id,
        place,
        earlier_parameter_id,
        later_parameter_id,
        is_same,
        scale,
        {{ guarded_product(['earlier_divisor // divisors_gcd', 'later_divisor']) }} as divisor,
        {{ guarded_product(
            ['earlier_multiplier', 'later_divisor // divisors_gcd', power_of_ten('scale - earlier_scale')]
        ) }} as earlier_number,
        {{ guarded_product(
            ['later_multiplier', 'earlier_divisor // divisors_gcd', power_of_ten('scale - later_scale')]
        ) }} as later_number,
        {{ value_of_lists('earlier') }} as earlier_value,
        {{ value_of_lists('later') }} as later_value,
        row_number() over (partition by emission_id order by place) as position
    from scaled
    union all by name
    select
        emission_id,
        place,
        earlier_scale as scale,
        earlier_divisor as divisor,
        earlier_multiplier as earlier_number,
        {{ value_of_lists('earlier') }} as earlier_value,
        0 as position
    from products
    where place = 'unchanged'
)

select * from final
