-- The months of a period, as published, with what changed since each was submitted.
select facility_id, month, regime, emissions_tco2e, changed_since_tco2e
from marts.fct_period_states
where month >= $since and month < $until
order by facility_id, month, regime
