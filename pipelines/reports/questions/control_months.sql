-- The verdict of every control for every facility and month, over the last 24 months.
with months as (
    select distinct month
    from marts.fct_verdicts
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
semi join months on verdicts.month = months.month
left join marts.dim_facilities as facilities on verdicts.facility_id = facilities.facility_id
left join marts.dim_controls as controls on verdicts.control_id = controls.control_id
order by verdicts.facility_id, verdicts.control_id, verdicts.month
