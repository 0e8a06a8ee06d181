-- In what multiple of its divisor a line's products are added up (变化公倍数): the least common multiple of the numbers of parts
-- that a product of it may have; and whether all of it fits 128 bits.
with multiplied as (
    select
        emission_id,
        any_value(divisor) as divisor,
        count(*) as products,
        max(case bit_count(mask) when 1 then 1 when 2 then 2 when 3 then 6 when 4 then 12 else 2520 end) as multiple,
        max(abs(cast(units as double))) as size,
        count(units) = count(*) as is_whole
    from {{ ref('change_products') }}
    group by emission_id
),

judged as (
    select
        emission_id,
        divisor,
        multiple,
        coalesce(
            is_whole and {{ is_in_range(
                '(size + 1) * multiple * products', 'cast(divisor as double) * multiple * (products + 1) * 2'
            ) }},
            false
        ) as is_exact
    from multiplied
),

final as (
    select * replace (case when is_exact then divisor end as divisor)
    from judged
)

select * from final
