-- The parts that a change may go to, in their order.
select change_part as name from change_parts order by position
