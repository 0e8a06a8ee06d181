-- The methods of one folder of the rules ($1), of one regime or all ($2 null), each with its stream type and treatment.
select
    methods.regime,
    methods.edition,
    methods.stream_type,
    types.name_zh,
    types.name_en,
    methods.origin,
    methods.fuel,
    methods.gas,
    methods.quantity_dimension,
    methods.measured_kind,
    methods.priority,
    methods.method_id,
    methods.sign,
    methods.scope,
    methods.source_document,
    methods.source_locator
from rules.methods as methods
left join rules.stream_types as types on methods.stream_type = types.stream_type
where methods.rule_folder = $1 and ($2::varchar is null or coalesce(methods.regime, $2::varchar) = $2::varchar)
order by methods.stream_type, methods.regime nulls first, methods.gas, methods.fuel nulls first, methods.priority
