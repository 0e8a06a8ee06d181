-- The terms of each doubtful line with 0, 1, 2 … of its values replaced by their best estimates (估价计算过程), in the shape of
-- workings: the account by the conservative values first, by the best estimates last.
with variants as (
    select
        emission_id,
        unnest(generate_series(0, cast(max(step) as bigint))) as step
    from {{ ref('price_steps') }}
    where is_known
    group by emission_id
),

ranked as (
    select
        workings.emission_id,
        concat_ws('|', workings.emission_id, variants.step) as price_id,
        variants.step,
        workings.term_order,
        workings.error_code,
        coalesce(overrides.digits, workings.digits) as digits,
        coalesce(overrides.scale, workings.scale) as scale,
        coalesce(overrides.numerator, workings.numerator) as numerator,
        coalesce(overrides.denominator, workings.denominator) as denominator,
        row_number() over (
            partition by workings.emission_id, variants.step, workings.term_order
            order by overrides.step desc nulls last
        ) as place
    from {{ ref('workings') }} as workings
    inner join variants on workings.emission_id = variants.emission_id
    left join {{ ref('price_overrides') }} as overrides
        on
            workings.emission_id = overrides.emission_id
            and workings.term_order = overrides.term_order
            and variants.step >= overrides.step
),

final as (
    select * exclude (place)
    from ranked
    where place = 1
)

select * from final
