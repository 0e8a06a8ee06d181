-- Months that somebody has taken in hand, or that a verifier has something to say of: what they come to now, what was
-- reported, what was verified, and who did each step.
select
    states.*,
    facilities.name_zh as facility_zh,
    facilities.name_en as facility_en
from marts.fct_period_states as states
left join marts.dim_facilities as facilities on states.facility_id = facilities.facility_id
where states.state <> 'open' or states.findings > 0 or states.verified_tco2e is not null
order by states.month desc, states.facility_id asc, states.regime asc
