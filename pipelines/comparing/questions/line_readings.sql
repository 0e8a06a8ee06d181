-- The readings behind one line that differ, each with both values, the part it goes to, and the rows of the files on both
-- sides: file, sheet, first and last row.
with line as (
    select * from paired_lines where emission_id = $emission_id
),

changed as (
    select readings.*
    from changed_readings as readings
    inner join line
        on readings.regime = line.regime and readings.stream_id = line.stream_id and readings.month = line.month
),

names as (
    select file_sha256, min_by(file_name, received_seq) as file_name
    from (
        select file_sha256, file_name, received_seq from later.archive.deliveries
        union all
        select file_sha256, file_name, received_seq from earlier.archive.deliveries
    ) as deliveries
    group by file_sha256
),

received as (
    select false as is_later, readings.* from earlier.readings.readings as readings
    semi join changed on readings.parameter_id = changed.parameter_id
    union all by name
    select true as is_later, readings.* from later.readings.readings as readings
    semi join changed on readings.parameter_id = changed.parameter_id
),

places as (
    select distinct
        received.is_later = ($direction = 1) as is_after,
        changed.planned_id,
        concat_ws(
            ' · ', names.file_name, nullif(received.sheet, ''),
            concat_ws('–', received.row_first, nullif(received.row_last, received.row_first))
        ) as place
    from received
    inner join changed on received.parameter_id = changed.parameter_id
    left join names on received.file_sha256 = names.file_sha256
    where received.period_start >= changed.period_start and received.period_start < changed.period_end
),

listed as (
    select
        planned_id,
        string_agg(place, '; ' order by place) filter (where not is_after) as from_rows,
        string_agg(place, '; ' order by place) filter (where is_after) as to_rows
    from places
    group by planned_id
)

select
    changed.change_part,
    changed.parameter_id,
    changed.kind,
    changed.period_start,
    changed.unit,
    case when $direction = 1 then changed.earlier_quantity else changed.later_quantity end as from_quantity,
    case when $direction = 1 then changed.later_quantity else changed.earlier_quantity end as to_quantity,
    cast($direction * changed.amount as decimal(38, 12)) as change,
    listed.from_rows,
    listed.to_rows
from changed
left join listed on changed.planned_id = listed.planned_id
order by abs(changed.amount) desc, changed.planned_id, changed.change_part
limit 40
