-- Both figures, their difference, and what the parts leave of it: nothing. t CO2e, in the order asked ($direction 1 or -1).
with figures as (
    select
        cast(coalesce(sum(earlier_tco2e), 0) as decimal(38, 6)) as earlier,
        cast(coalesce(sum(later_tco2e), 0) as decimal(38, 6)) as later,
        count(*) as lines,
        count(*) filter (where difference_tco2e <> 0) as lines_changed
    from paired_lines
),

parts as (
    select cast(coalesce(sum(difference_tco2e), 0) as decimal(38, 6)) as told from line_changes
),

inexact as (
    select count(distinct emission_id) as lines_inexact from shared_changes where not is_exact
)

select
    case when $direction = 1 then figures.earlier else figures.later end as from_tco2e,
    case when $direction = 1 then figures.later else figures.earlier end as to_tco2e,
    cast($direction * (figures.later - figures.earlier) as decimal(38, 6)) as difference_tco2e,
    cast(figures.later - figures.earlier - parts.told as decimal(38, 6)) as residual_tco2e,
    figures.lines,
    figures.lines_changed,
    inexact.lines_inexact
from figures
cross join parts
cross join inexact
