-- The regimes that either side accounts by.
select distinct regime as name
from (
    select regime from earlier.settings.regimes
    union
    select regime from later.settings.regimes
) as regimes
order by name
