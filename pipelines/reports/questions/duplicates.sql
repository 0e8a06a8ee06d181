-- The same bytes received again, and deliveries taken out again: both change nothing silently.
select
    deliveries.received_seq,
    deliveries.event,
    deliveries.file_name,
    deliveries.file_sha256,
    deliveries.reason,
    nullif(deliveries.first_seq, deliveries.received_seq) as first_seq,
    firsts.file_name as first_name
from archive.deliveries as deliveries
left join archive.deliveries as firsts on deliveries.first_seq = firsts.received_seq
where deliveries.event <> 'received'
order by deliveries.received_seq desc
limit 200
