-- The base as the company was before the base year's own changes: its units, without what it took over since. Null where no unit
-- belonged to it: that is not 0.
with summed as (
    select
        base.year,
        sum(units.tco2e) filter (
            where
            coalesce(year(moves.first_joined_on) < base.year, true) and coalesce(year(moves.first_left_on) >= base.year, true)
        ) as tco2e
    from base
    inner join units on base.year = units.year
    left join unit_moves as moves on units.unit = moves.unit
    group by base.year
)

select 'sheet' as base_key, year as base_year, cast(tco2e as decimal(28, 6)) as base_tco2e from summed
