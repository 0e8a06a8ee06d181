-- Verdicts by severity of their control: due, and what became of them. Those given by a named person are counted apart.
select
    severity,
    grouping(severity) = 1 as is_total,
    count(*) filter (where status <> 'MANUAL') as due,
    count(*) filter (where status = 'PASS') as passed,
    count(*) filter (where status = 'FAIL') as failed,
    count(*) filter (where status = 'ERROR') as in_error,
    count(*) filter (where status = 'MISSING') as missing,
    count(*) filter (where status = 'MANUAL') as manual
from marts.fct_verdicts
group by grouping sets ((severity), ())
order by
    is_total,
    case severity when 'E' then 1 when 'W' then 2 else 3 end
