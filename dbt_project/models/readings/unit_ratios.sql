-- Every pair of units of one dimension with the exact ratio of integers between them (单位换算). It converts nothing.
with units as (
    select
        unit,
        dimension,
        cast(to_base_numerator as hugeint) as numerator,
        cast(to_base_denominator as hugeint) as denominator
    from {{ source('rules', 'units') }}
),

pairs as (
    select
        units.unit as from_unit,
        targets.unit as to_unit,
        units.dimension,
        units.numerator * targets.denominator as numerator,
        units.denominator * targets.numerator as denominator
    from units
    inner join units as targets on units.dimension = targets.dimension
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
