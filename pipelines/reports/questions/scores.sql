-- The data quality score of each facility and year, part by part: what was divided by what, and the points it gives.
select
    year(scores.period_start) as year,
    scores.*,
    parts.name_zh,
    parts.name_en,
    parts.meaning_zh,
    parts.meaning_en,
    sum(scores.points) over (partition by scores.facility_id, scores.period_start) as score,
    facilities.name_zh as facility_zh,
    facilities.name_en as facility_en
from marts.fct_quality_scores as scores
inner join rules.quality_parts as parts on scores.part = parts.part
left join marts.dim_facilities as facilities on scores.facility_id = facilities.facility_id
where scores.period_kind = 'year'
order by scores.period_start desc, scores.facility_id asc, scores.position asc
