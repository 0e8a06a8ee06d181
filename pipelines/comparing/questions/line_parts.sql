-- What each part adds to one line.
select
    changes.change_part,
    parts.name_zh,
    parts.name_en,
    cast($direction * changes.difference_tco2e as decimal(38, 6)) as difference_tco2e
from line_changes as changes
inner join change_parts as parts on changes.change_part = parts.change_part
where changes.emission_id = $emission_id
order by parts.position
