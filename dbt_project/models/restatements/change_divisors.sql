-- What a line's products are divided by (变化除数): the divisors and scales of all its places, in millionths, and the least common
-- multiple of the numbers of parts that a product of it may have; and whether all of it fits 128 bits.
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
        cast(sum(scale) as integer) as scale,
        list(divisor) as divisors,
        list(cast(divisor as double)) as divisor_sizes
    from places
    group by emission_id
),

multiplied as (
    select
        emission_id,
        count(*) as products,
        max(case bit_count(mask) when 1 then 1 when 2 then 2 when 3 then 6 when 4 then 12 else 2520 end) as multiple,
        max(abs(cast(number as double))) as size,
        count(number) = count(*) as is_whole
    from {{ ref('change_products') }}
    group by emission_id
),

joined as (
    select
        multiplied.*,
        {{ power_of_ten('greatest(6 - divided.scale, 0)') }} as lift,
        {{ guarded_product([
            product_of_list('divided.divisors', 'divided.divisor_sizes'), power_of_ten('greatest(divided.scale - 6, 0)')
        ]) }} as divisor
    from multiplied
    inner join divided on multiplied.emission_id = divided.emission_id
),

final as (
    select
        emission_id,
        multiple,
        lift,
        divisor,
        coalesce(
            is_whole
            and {{ is_in_range('size * cast(lift as double)', 'cast(divisor as double) * multiple * (products + 1) * 2') }}
            and size * cast(lift as double) / cast(divisor as double) * multiple * products < 5e37,
            false
        ) as is_exact
    from joined
)

select * from final
