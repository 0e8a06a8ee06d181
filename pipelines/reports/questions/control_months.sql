-- The verdict of every control for every facility over the last 24 months. A verdict without a facility speaks for the
-- enterprise as a whole, one without a month for no month in particular.
with months as (
    select distinct month
    from marts.fct_verdicts
    where month is not null
    order by month desc
    limit 24
)

select
    verdicts.facility_id,
    facilities.name_zh as facility_zh,
    facilities.name_en as facility_en,
    verdicts.control_id,
    controls.name_zh,
    controls.name_en,
    verdicts.severity,
    verdicts.month,
    verdicts.status,
    verdicts.due_count,
    verdicts.failed_count
from marts.fct_verdicts as verdicts
left join marts.dim_facilities as facilities on verdicts.facility_id = facilities.facility_id
left join marts.dim_controls as controls on verdicts.control_id = controls.control_id
where verdicts.month is null or verdicts.month in (select month from months)
order by verdicts.facility_id nulls last, verdicts.control_id, verdicts.month nulls first
