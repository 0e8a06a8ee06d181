-- The lines that a part changes most, or all parts together where none is named.
with changes as (
    select emission_id, sum(difference_tco2e) as difference, sum(abs(difference_tco2e)) as size
    from line_changes
    where change_part = coalesce($part, change_part)
    group by emission_id
)

select
    lines.emission_id,
    lines.facility_id,
    lines.stream_id,
    lines.month,
    lines.gas,
    case when $direction = 1 then lines.earlier_tco2e else lines.later_tco2e end as from_tco2e,
    case when $direction = 1 then lines.later_tco2e else lines.earlier_tco2e end as to_tco2e,
    cast($direction * changes.difference as decimal(38, 6)) as difference_tco2e,
    count(*) over () as in_all
from changes
inner join paired_lines as lines on changes.emission_id = lines.emission_id
order by changes.size desc, lines.emission_id
limit $most
