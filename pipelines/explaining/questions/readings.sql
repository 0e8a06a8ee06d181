-- The readings of a parameter that fall into a month, each with the rows of the file it was read from.
with names as (
    select
        file_sha256,
        min_by(file_name, received_seq) as file_name
    from archive.deliveries
    group by file_sha256
),

feeds as (
    select
        file_sha256,
        min_by(feed, received_seq) as feed
    from marts.fct_deliveries
    group by file_sha256
)

select
    readings.period_start,
    readings.period_end,
    readings.quantity,
    readings.unit,
    readings.basis,
    readings.hours_missing,
    readings.source_quantity,
    readings.source_unit,
    readings.reason,
    readings.record_type,
    readings.file_sha256,
    names.file_name,
    feeds.feed,
    coalesce(readings.sheet, '') as sheet,
    readings.row_first,
    readings.row_last,
    readings.start_file_sha256,
    start_names.file_name as start_file_name,
    start_feeds.feed as start_feed,
    coalesce(readings.start_sheet, '') as start_sheet,
    readings.start_row
from readings.readings as readings
left join names on readings.file_sha256 = names.file_sha256
left join names as start_names on readings.start_file_sha256 = start_names.file_sha256
left join feeds on readings.file_sha256 = feeds.file_sha256
left join feeds as start_feeds on readings.start_file_sha256 = start_feeds.file_sha256
where
    readings.parameter_id = $1
    and readings.period_start < $2::date + interval 1 month
    and readings.period_end > $2::date
order by readings.period_start, readings.period_end, readings.file_sha256, readings.row_first
