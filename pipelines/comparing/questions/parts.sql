-- What each part adds, whole, and in how many lines; a part without a change is 0.
select
    parts.change_part,
    parts.name_zh,
    parts.name_en,
    parts.meaning_zh,
    parts.meaning_en,
    cast(coalesce(sum($direction * changes.difference_tco2e), 0) as decimal(38, 6)) as difference_tco2e,
    count(changes.emission_id) as lines
from change_parts as parts
left join line_changes as changes on parts.change_part = changes.change_part
group by all
order by any_value(parts.position)
