-- Each part's share of a line's change before the remainder is given away (变化份额): the products it has a hand in, each divided
-- by the number of its parts, rounded once, half up, to 6 decimals. Every product is whole millionths and a rest over
-- one divisor, so that nothing is lost on the way; a line whose divisor is beyond 128 bits goes by floating point and says so.
with lines as (
    select * from {{ ref('change_multiples') }}
),

divided as (
    select
        products.emission_id,
        products.mask,
        lines.is_exact,
        lines.divisor,
        lines.multiple,
        products.value / bit_count(products.mask) as estimate,
        lines.multiple // bit_count(products.mask) as weight,
        products.units,
        products.rest
    from {{ ref('change_products') }} as products
    inner join lines on products.emission_id = lines.emission_id
),

summed as (
    select
        divided.emission_id,
        parts.change_part,
        any_value(divided.is_exact) as is_exact,
        any_value(divided.divisor) * any_value(divided.multiple) as whole,
        any_value(divided.multiple) as multiple,
        cast(sum(divided.units * divided.weight) filter (where divided.is_exact) as hugeint) as quotients,
        cast(sum(divided.rest * divided.weight) filter (where divided.is_exact) as hugeint) as remainders,
        sum(divided.estimate order by divided.mask, divided.estimate) filter (where not divided.is_exact) as estimate
    from divided
    inner join {{ source('rules', 'change_parts') }} as parts
        on divided.mask & cast(power(2, parts.position - 1) as integer) <> 0
    group by divided.emission_id, parts.change_part
),

-- the share is units + rest / whole, and rest lies in 0 … whole
placed as (
    select
        * exclude (remainders),
        {{ floor_quotient('quotients', 'multiple') }} as units,
        (quotients - {{ floor_quotient('quotients', 'multiple') }} * multiple) * (whole // multiple) + remainders as rest
    from summed
),

settled as (
    select
        * replace (
            units + {{ floor_quotient('rest', 'whole') }} as units,
            rest - {{ floor_quotient('rest', 'whole') }} * whole as rest
        )
    from placed
),

final as (
    select
        emission_id,
        change_part,
        is_exact,
        case
            when not is_exact then cast(round(estimate, 6) as decimal(38, 6))
            when units >= 0 then {{ from_millionths('units + cast(2 * rest >= whole as integer)') }}
            else {{ from_millionths('units + cast(2 * rest > whole as integer)') }}
        end as amount
    from settled
)

select * from final
