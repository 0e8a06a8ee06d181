-- The stances of the regimes as they were; of two closed periods the one laid down first speaks.
insert into closed.reported_regimes
select rules.regime, rules.missing_data_stance
from closing_rules as rules
where rules.regime not in (select regime from closed.reported_regimes)
