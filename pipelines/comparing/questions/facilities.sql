-- Both figures of each facility and what each part adds to it; a facility has a row for every part, 0 where it has none.
with figures as (
    select
        facility_id,
        cast(coalesce(sum(earlier_tco2e), 0) as decimal(38, 6)) as earlier,
        cast(coalesce(sum(later_tco2e), 0) as decimal(38, 6)) as later
    from paired_lines
    group by facility_id
),

changes as (
    select facility_id, change_part, sum(difference_tco2e) as difference
    from line_changes
    group by facility_id, change_part
),

names as (
    select facility_id, min(name_zh) as name_zh, min(name_en) as name_en
    from (
        select facility_id, name_zh, name_en from later.marts.dim_facilities
        union all
        select facility_id, name_zh, name_en from earlier.marts.dim_facilities
        where facility_id not in (select facility_id from later.marts.dim_facilities)
    ) as facilities
    group by facility_id
)

select
    figures.facility_id,
    names.name_zh,
    names.name_en,
    case when $direction = 1 then figures.earlier else figures.later end as from_tco2e,
    case when $direction = 1 then figures.later else figures.earlier end as to_tco2e,
    cast($direction * (figures.later - figures.earlier) as decimal(38, 6)) as whole_tco2e,
    parts.change_part,
    cast(coalesce($direction * changes.difference, 0) as decimal(38, 6)) as difference_tco2e
from figures
cross join change_parts as parts
left join changes on figures.facility_id = changes.facility_id and parts.change_part = changes.change_part
left join names on figures.facility_id = names.facility_id
order by figures.facility_id, parts.position
