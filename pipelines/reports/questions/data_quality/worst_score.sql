-- The facility with the lowest score of the last period that is whole; of the running one where none is.
with scores as (
    select
        case scores.period_kind
            when 'year' then year(scores.period_start)::varchar else strftime(scores.period_start, '%Y-%m')
        end as period,
        scores.facility_id,
        scores.period_start,
        case scores.period_kind when 'year' then year(scores.period_start) < year(build.as_of + 1) else true end as is_whole,
        sum(scores.points) as score
    from marts.fct_quality_scores as scores
    cross join settings.build as build
    where scores.period_kind = case when build.as_of - build.first_period < 31 then 'month' else 'year' end
    group by all
)

select
    scores.*,
    facilities.name_zh as facility_zh,
    facilities.name_en as facility_en
from scores
left join marts.dim_facilities as facilities on scores.facility_id = facilities.facility_id
order by scores.is_whole desc, scores.period_start desc, scores.score asc, scores.facility_id asc
limit 1
