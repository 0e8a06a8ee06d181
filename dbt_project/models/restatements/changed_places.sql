-- The places of a line's product that differ (变化的连乘位置), each as two integers on one scale over one divisor, beside the
-- product of everything that did not change. A place that outgrows 128 bits keeps its size only.
with changed as (
    select distinct emission_id from {{ ref('placed_terms') }} where place <> 'unchanged'
),

multiplied as (
    select
        emission_id,
        place,
        max(earlier_parameter_id) as earlier_parameter_id,
        max(later_parameter_id) as later_parameter_id,
    {% for side in ['earlier', 'later'] -%}
        list({{ side }}_multiplier) as {{ side }}_multipliers,
        list({{ side }}_size) as {{ side }}_sizes,
        list({{ side }}_divisor) as {{ side }}_divisors,
        list(cast({{ side }}_divisor as double)) as {{ side }}_divisor_sizes,
        cast(sum({{ side }}_scale) as integer) as {{ side }}_scale
        {{- ',' if not loop.last }}
    {% endfor -%}
    from {{ ref('placed_terms') }}
    where emission_id in (select emission_id from changed)
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
),

final as (
    select
        emission_id,
        place,
        earlier_parameter_id,
        later_parameter_id,
        scale,
        {{ guarded_product(['earlier_divisor // divisors_gcd', 'later_divisor']) }} as divisor,
        {{ guarded_product(
            ['earlier_multiplier', 'later_divisor // divisors_gcd', power_of_ten('scale - earlier_scale')]
        ) }} as earlier_number,
        {{ guarded_product(
            ['later_multiplier', 'earlier_divisor // divisors_gcd', power_of_ten('scale - later_scale')]
        ) }} as later_number,
        list_product(list_sort(earlier_sizes))
        / list_product(list_sort(earlier_divisor_sizes))
        / power(10, earlier_scale) as earlier_value,
        list_product(list_sort(later_sizes))
        / list_product(list_sort(later_divisor_sizes))
        / power(10, later_scale) as later_value,
        case
            when place = 'unchanged' then 0
            else row_number() over (partition by emission_id, place = 'unchanged' order by place)
        end as position
    from scaled
)

select * from final
