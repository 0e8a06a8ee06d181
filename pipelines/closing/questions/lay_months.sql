-- The months of a closed period, under every regime that it was accounted by.
insert into closed.reported_months
select $period_name, months.facility_id, months.month, regimes.regime, build.as_of, build.first_period
from closing_months as months
cross join closing_regimes as regimes
cross join closing_build as build
