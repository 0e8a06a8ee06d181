-- What was substituted: every parameter, month and rule, as published.
select distinct
    parameter_id,
    cast(date_trunc('month', period_start) as date) as month,
    rule_id
from marts.fct_substitutions
order by parameter_id, month, rule_id
