-- One row a parameter: how its figure comes about, as the official form asks (table d).
select
    parameters.*,
    parameters.name_zh as parameter_zh,
    parameters.name_en as parameter_en,
    streams.name_zh as stream_zh,
    streams.name_en as stream_en,
    kinds.name_zh as kind_zh,
    kinds.name_en as kind_en,
    case when parameters.record_type in ('load_profile', 'register_reading') then parameters.source_key end as meter,
    case
        when parameters.plan_min is not null or parameters.plan_max is not null
            then concat(
                coalesce(rtrim(rtrim(parameters.plan_min::varchar, '0'), '.'), '–'), ' … ',
                coalesce(rtrim(rtrim(parameters.plan_max::varchar, '0'), '.'), '–')
            )
    end as limits,
    coalesce(nullif(parameters.conservative_direction, ''), types.conservative_direction) as direction,
    concat_ws(' ', rules.rule_id, rules.description_zh) as missing_rule_zh,
    concat_ws(' ', rules.rule_id, rules.description_en) as missing_rule_en,
    case
        when parameters.cross_check_parameter_id <> '' then concat(
            parameters.cross_check_parameter_id, ' ± ',
            rtrim(rtrim((parameters.cross_check_tolerance * 100)::decimal(18, 4)::varchar, '0'), '.'), ' %'
        )
    end as cross_check
from plan.parameters as parameters
left join (select distinct on (stream_id) * from plan.streams) as streams on parameters.stream_id = streams.stream_id
left join rules.stream_types as types on streams.stream_type = types.stream_type
left join rules.parameter_kinds as kinds on parameters.kind = kinds.kind
left join (select distinct on (rule_id) * from rules.missing_data_rules order by rule_id, description_zh) as rules
    on parameters.missing_rule = rules.rule_id
where parameters.valid_from < $until and coalesce(parameters.valid_to, date '9999-12-31') > $since
order by streams.facility_id, parameters.stream_id, parameters.parameter_id, parameters.valid_from
