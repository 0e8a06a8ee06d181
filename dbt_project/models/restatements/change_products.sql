-- Every choice of one option per place, multiplied (变化组合): a product belongs to all the parts it holds and is shared evenly
-- among them (Shapley value of a product of sums, in closed form). The choice of no part at all is the earlier figure itself. A
-- product stands as whole millionths and a rest over the line's divisor, so that it may outgrow 128 bits on the way.
with recursive bits as (
    select change_part, cast(power(2, position - 1) as integer) as bit
    from {{ source('rules', 'change_parts') }}
),

options as (
    select options.*, coalesce(bits.bit, 0) as bit
    from {{ ref('change_options') }} as options
    left join bits on options.change_part = bits.change_part
),

products as (
    select
        lines.emission_id,
        lines.positions,
        lines.divisor,
        cast(0 as bigint) as position,
        0 as mask,
        {{ mixed_product(
            'struct_pack(units := lines.lift // lines.divisor, rest := lines.lift % lines.divisor)',
            'case when unchanged.emission_id is null then cast(1 as hugeint) else unchanged.earlier_number end',
            'lines.divisor'
        ) }} as mixed,
        coalesce(unchanged.earlier_value, 1) as value
    from {{ ref('change_divisors') }} as lines
    left join {{ ref('changed_places') }} as unchanged
        on lines.emission_id = unchanged.emission_id and unchanged.place = 'unchanged'
    union all
    select
        products.emission_id,
        products.positions,
        products.divisor,
        options.position,
        products.mask | options.bit as mask,
        {{ mixed_product('products.mixed', 'options.number', 'products.divisor') }} as mixed,
        products.value * options.value as value
    from products
    inner join options
        on products.emission_id = options.emission_id and products.position + 1 = options.position
),

final as (
    select emission_id, mask, unnest(mixed), divisor, value
    from products
    where position = positions and mask <> 0
)

select * from final
