-- Certificates that touch the printed version's time.
select *
from plan.calibrations
where calibrated_on < $until and due_on >= $since
order by meter_id, calibrated_on
