-- The accounting regimes that this build was asked for, with everything the warehouse says of them.
select *
from marts.dim_regimes
where is_used
order by regime
