-- The base as the company was before the base year's own changes: its units, without what it took over since.
with moves as (
    select
        events.unit,
        min(case when kinds.direction = 1 then events.happened_on end) as joined_on,
        min(case when kinds.direction = -1 then events.happened_on end) as left_on
    from events
    inner join event_kinds as kinds on events.event_kind = kinds.event_kind
    group by events.unit
),

summed as (
    select
        base.year,
        sum(units.tco2e) filter (
            where
            coalesce(year(moves.joined_on) < base.year, true) and coalesce(year(moves.left_on) >= base.year, true)
        ) as tco2e
    from base
    inner join units on base.year = units.year
    left join moves on units.unit = moves.unit
    group by base.year
)

select 'sheet' as base_key, year as base_year, cast(coalesce(tco2e, 0) as decimal(28, 6)) as base_tco2e from summed
