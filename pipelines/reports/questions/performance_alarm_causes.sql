-- Everything on record that may have caused an alarm, the likeliest first.
select
    alarm_id,
    position,
    cause,
    kind,
    changed_on,
    evidence_zh,
    evidence_en
from marts.fct_alarm_causes
order by alarm_id, position
