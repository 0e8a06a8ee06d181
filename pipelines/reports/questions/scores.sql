-- The data quality score of each facility, part by part: what was divided by what, and the points it gives. By year; of a
-- report over one month, by that month.
select
    case scores.period_kind
        when 'year' then year(scores.period_start)::varchar else strftime(scores.period_start, '%Y-%m')
    end as period,
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
cross join settings.build as build
where scores.period_kind = case when build.as_of - build.first_period < 31 then 'month' else 'year' end
order by scores.period_start desc, scores.facility_id asc, scores.position asc
