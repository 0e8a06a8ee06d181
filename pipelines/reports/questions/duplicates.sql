-- The same bytes received again, and deliveries taken out again: both change nothing silently.
select
    deliveries.received_seq,
    deliveries.event,
    deliveries.file_name,
    deliveries.file_sha256,
    deliveries.reason,
    first.received_seq as first_seq,
    first.file_name as first_name
from archive.deliveries as deliveries
left join archive.deliveries as first
    on deliveries.file_sha256 = first.file_sha256 and first.event = 'received'
where deliveries.event <> 'received'
order by deliveries.received_seq desc
limit 200
