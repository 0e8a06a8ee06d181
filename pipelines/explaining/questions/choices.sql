-- What there is to ask for, for a question that fits nothing.
select
    list(distinct regime order by regime) as regimes,
    list(distinct facility_id order by facility_id) as facilities,
    list(distinct stream_id order by stream_id) as streams,
    list(distinct gas order by gas) as gases,
    min(month) as first_month,
    max(month) as last_month
from accounting.emissions
