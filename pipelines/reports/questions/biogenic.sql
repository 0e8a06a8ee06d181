-- Biogenic CO2, shown apart and in no total: by regime, year, facility and stream. A sum in which a month is not known is
-- incomplete.
select
    biogenic.regime,
    biogenic.year,
    biogenic.facility_id,
    any_value(facilities.name_zh) as facility_zh,
    any_value(facilities.name_en) as facility_en,
    biogenic.stream_id,
    any_value(streams.name_zh) as stream_zh,
    any_value(streams.name_en) as stream_en,
    sum(biogenic.biogenic_co2_t) as biogenic_co2_t,
    case when count(*) filter (where biogenic.status <> 'complete') = 0 then 'complete' else 'incomplete' end as status
from marts.fct_biogenic as biogenic
left join marts.dim_facilities as facilities on biogenic.facility_id = facilities.facility_id
left join marts.dim_streams as streams on biogenic.stream_id = streams.stream_id
group by biogenic.regime, biogenic.year, biogenic.facility_id, biogenic.stream_id
order by biogenic.regime asc, biogenic.year desc, biogenic.facility_id asc, biogenic.stream_id asc
