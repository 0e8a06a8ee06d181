-- Metering devices of the printed version.
select
    * exclude (meter_type),
    name_zh as meter_zh,
    name_en as meter_en,
    concat_ws(' ', nullif(meter_type, ''), nullif(model, ''), nullif(commodity, ''), nullif(channel, '')) as meter_type
from plan.meters
where valid_from < $until and coalesce(valid_to, date '9999-12-31') > $since
order by facility_id, point_id, meter_id, channel
