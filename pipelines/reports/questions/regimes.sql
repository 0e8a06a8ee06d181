-- The accounting regimes that this build was asked for, with everything the warehouse says of them.
select regimes.*
from marts.dim_regimes as regimes
where regimes.regime in (select asked.regime from settings.regimes as asked)
order by regimes.regime
