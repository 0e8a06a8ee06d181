-- Figures that no parameter of the plan asks for, with the first name of a file they came in: they are in no total.
with names as (
    select
        file_sha256,
        min_by(file_name, received_seq) as file_name
    from archive.deliveries
    group by file_sha256
)

select
    unplanned.*,
    names.file_name
from readings.unplanned as unplanned
left join names on unplanned.file_sha256 = names.file_sha256
order by unplanned.record_type, unplanned.source_key, unplanned.measure
