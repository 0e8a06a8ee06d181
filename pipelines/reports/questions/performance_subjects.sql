-- The subjects of the plan that have months, with their facility and the unit that their intensity is stated per.
with spans as (
    select subject_id, min(month) as first_month, max(month) as last_month, count(intensity) as months_with_intensity
    from marts.fct_performance_months
    group by subject_id
)

select
    subjects.subject_id,
    subjects.name_zh,
    subjects.name_en,
    subjects.facility_id,
    facilities.name_zh as facility_zh,
    facilities.name_en as facility_en,
    subjects.regime,
    subjects.production_unit,
    subjects.production_base,
    spans.first_month,
    spans.last_month,
    spans.months_with_intensity
from plan.subjects as subjects
inner join spans on subjects.subject_id = spans.subject_id
left join marts.dim_facilities as facilities on subjects.facility_id = facilities.facility_id
order by subjects.facility_id, subjects.subject_id
