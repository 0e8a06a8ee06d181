-- The missing-data rules that parameters of the printed version name.
select
    rules.rule_id,
    any_value(rules.description_zh) as description_zh,
    any_value(rules.description_en) as description_en,
    any_value(rules.clause) as clause,
    string_agg(distinct parameters.parameter_id, ', ' order by parameters.parameter_id) as parameters
from plan.parameters as parameters
inner join rules.missing_data_rules as rules on parameters.missing_rule = rules.rule_id
where parameters.valid_from < $until and coalesce(parameters.valid_to, date '9999-12-31') > $since
group by rules.rule_id
order by rules.rule_id
