-- The calendar of duties around the account's date, soonest due first: of each duty and period the facilities that stand
-- alike. What was due more than a year before the date, or is due more than a year after it, is only counted.
select
    duties.duty_id,
    any_value(duties.name_zh) as name_zh,
    any_value(duties.name_en) as name_en,
    duties.period_start,
    duties.period_end,
    duties.due_on,
    duties.done_on,
    duties.state,
    string_agg(facilities.name_zh, '、' order by duties.facility_id) as facilities_zh,
    string_agg(facilities.name_en, ', ' order by duties.facility_id) as facilities_en
from marts.fct_duties as duties
cross join settings.build as build
left join marts.dim_facilities as facilities on duties.facility_id = facilities.facility_id
where
    duties.due_on between build.as_of - 366 and build.as_of + 366
    and (duties.due_on >= build.as_of - 92 or duties.done_on is not null)
group by duties.duty_id, duties.period_start, duties.period_end, duties.due_on, duties.done_on, duties.state
order by duties.due_on, duties.duty_id, duties.state, duties.done_on
limit 60
