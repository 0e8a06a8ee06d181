-- What a line's products are divided by (变化除数) to stand in millionths of a tonne: the divisors and scales of all its places.
with places as (
    select emission_id, position, any_value(scale) as scale, any_value(divisor) as divisor
    from {{ ref('change_options') }} group by emission_id, position
    union all
    select emission_id, position, scale, divisor from {{ ref('changed_places') }}
    where place = 'unchanged'
),

divided as (
    select
        emission_id,
        max(position) as positions,
        cast(sum(scale) as integer) as scale,
        list(divisor) as divisors,
        list(cast(divisor as double)) as divisor_sizes
    from places
    group by emission_id
),

final as (
    select
        emission_id,
        positions,
        {{ power_of_ten('greatest(6 - scale, 0)') }} as lift,
        {{ guarded_product([
            product_of_list('divisors', 'divisor_sizes'), power_of_ten('greatest(scale - 6, 0)')
        ]) }} as divisor
    from divided
)

select * from final
