-- Energy (能源消费) by stream and month in GJ and tonnes of coal equivalent (当量值), for readers.
select
    facility_id,
    stream_id,
    stream_type,
    fuel,
    month,
    cast(energy_gj as decimal(38, 6)) as energy_gj,
    cast(energy_tce as decimal(38, 6)) as energy_tce,
    reason
from {{ ref('energy_months') }}
