-- Factors that are a sum of others: 1 − S − A and the like.
select parameter, coalesce(part, '') as part, weight
from rules.factor_sums
order by parameter, part is not null, part
