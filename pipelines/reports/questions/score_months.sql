-- The data quality score of each facility, month by month: the trend.
select
    scores.facility_id,
    scores.period_start as month,
    sum(scores.points) as score,
    any_value(facilities.name_zh) as facility_zh,
    any_value(facilities.name_en) as facility_en
from marts.fct_quality_scores as scores
left join marts.dim_facilities as facilities on scores.facility_id = facilities.facility_id
where scores.period_kind = 'month'
group by scores.facility_id, scores.period_start
order by scores.facility_id, scores.period_start
