-- What was reported of each year: the units that belonged to the company, for the months in which they did.
with owned as (
    select
        units.year,
        units.tco2e,
        -- whole months: one of change counts when it changed on its first day
        case when moves.last_joined_on is null then 12 else greatest(0, least(
            12, 12 * (units.year + 1 - year(moves.last_joined_on)) + 1 - month(moves.last_joined_on)
            - case when day(moves.last_joined_on) > 1 then 1 else 0 end
        )) end as months_since,
        case when moves.last_left_on is null then 0 else greatest(0, least(
            12, 12 * (units.year + 1 - year(moves.last_left_on)) + 1 - month(moves.last_left_on)
            - case when day(moves.last_left_on) > 1 then 1 else 0 end
        )) end as months_gone
    from units
    left join unit_moves as moves on units.unit = moves.unit
),

summed as (
    select year, sum(tco2e * (months_since - months_gone)) as twelfths
    from owned
    group by year
)

select
    bases.base_key,
    cast(summed.year as integer) as year,
    bases.base_tco2e,
    -- a twelfth, rounded half up
    cast(cast((cast(summed.twelfths * 1000000 as hugeint) * 2 + 12) // 24 as decimal(28, 0)) * 0.000001 as decimal(28, 6))
        as reported_tco2e
from summed
cross join entered_bases as bases
where summed.year >= bases.base_year
