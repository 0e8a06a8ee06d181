-- Every version of the plan up to the printed one.
select *
from plan.versions
where valid_from < $until
order by valid_from
