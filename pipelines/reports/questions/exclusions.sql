-- Source streams inside the boundary that a regime leaves out, and why.
select
    excluded.*,
    facilities.name_zh as facility_zh,
    facilities.name_en as facility_en,
    streams.name_zh as stream_zh,
    streams.name_en as stream_en
from marts.fct_exclusions as excluded
inner join marts.dim_facilities as facilities on excluded.facility_id = facilities.facility_id
left join marts.dim_streams as streams on excluded.stream_id = streams.stream_id
where facilities.is_in_boundary
order by excluded.regime, excluded.facility_id, excluded.stream_id
