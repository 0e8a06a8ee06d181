-- What a laboratory determines, of the printed version.
select
    parameters.*,
    parameters.name_zh as parameter_zh,
    parameters.name_en as parameter_en,
    streams.name_zh as stream_zh,
    streams.name_en as stream_en,
    concat_ws(' ', rules.rule_id, rules.description_zh) as missing_rule_zh,
    concat_ws(' ', rules.rule_id, rules.description_en) as missing_rule_en
from plan.parameters as parameters
left join (select distinct on (stream_id) * from plan.streams) as streams on parameters.stream_id = streams.stream_id
left join (select distinct on (rule_id) * from rules.missing_data_rules order by rule_id, description_zh) as rules
    on parameters.missing_rule = rules.rule_id
where
    parameters.record_type = 'lab_assay'
    and parameters.valid_from < $until and coalesce(parameters.valid_to, date '9999-12-31') > $since
order by parameters.stream_id, parameters.parameter_id
