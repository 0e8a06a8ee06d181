-- Every pair of units of one dimension, under each of their names, with the exact ratio of integers between them (换算).
with units as (
    select
        *,
        cast(to_base_numerator as hugeint) as numerator,
        cast(to_base_denominator as hugeint) as denominator
    from {{ ref('units') }}
),

names as (
    select
        unit as name,
        units.*
    from units
    union
    select
        unnest(string_split(aliases, '|')) as name,
        units.*
    from units
),

pairs as (
    select
        source.name as from_unit,
        target.name as to_unit,
        source.dimension,
        source.numerator * target.denominator as numerator,
        source.denominator * target.numerator as denominator
    from names as source
    inner join names as target on source.dimension = target.dimension
    where source.name <> '' and target.name <> ''
),

final as (
    select
        from_unit,
        to_unit,
        dimension,
        numerator // gcd(numerator, denominator) as numerator,
        denominator // gcd(numerator, denominator) as denominator
    from pairs
)

select * from final
