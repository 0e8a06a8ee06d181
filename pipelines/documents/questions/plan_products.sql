-- What each facility makes.
select distinct
    facilities.facility_id,
    facilities.name_zh as facility_zh,
    facilities.name_en as facility_en,
    streams.name_zh as stream_zh,
    streams.name_en as stream_en,
    parameters.unit
from plan.streams as streams
inner join plan.parameters as parameters on streams.stream_id = parameters.stream_id
inner join plan.facilities as facilities on streams.facility_id = facilities.facility_id
where
    parameters.kind = 'production'
    and parameters.valid_from < $until and coalesce(parameters.valid_to, date '9999-12-31') > $since
order by facilities.facility_id, streams.name_zh
