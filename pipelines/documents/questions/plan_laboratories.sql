-- Accreditations that touch the printed version's time.
select *
from plan.laboratories
where valid_from < $until and coalesce(valid_to, date '9999-12-31') > $since
order by laboratory, accreditation, valid_from
