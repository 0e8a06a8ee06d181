-- What a source states against what its own detail gives: flagged ones first, then the rest by kind.
select
    reconciled.*,
    facilities.name_zh as facility_zh,
    facilities.name_en as facility_en,
    streams.name_zh as stream_zh,
    streams.name_en as stream_en,
    count(*) over () as rows_in_all
from marts.fct_reconciliations as reconciled
left join marts.dim_facilities as facilities on reconciled.facility_id = facilities.facility_id
left join marts.dim_streams as streams on reconciled.stream_id = streams.stream_id
order by
    reconciled.is_flagged desc,
    reconciled.kind asc,
    reconciled.month desc,
    reconciled.facility_id asc,
    reconciled.stream_id asc
limit 200
