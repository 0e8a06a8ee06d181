{#- To which item a difference of a stream type and origin goes: the row of bridge_rules that names most of the two. -#}
{% macro bridge_rules_by_stream() %}
    select
        kinds.stream_type,
        kinds.origin,
        arg_max(rules.factors_item, (rules.origin is not null)::integer * 2 + (rules.stream_type is not null)::integer)
            as factors_item,
        arg_max(rules.absence_item, (rules.origin is not null)::integer * 2 + (rules.stream_type is not null)::integer)
            as absence_item
    from (select distinct stream_type, origin from {{ ref('compared_lines') }}) as kinds
    inner join {{ source('rules', 'bridge_rules') }} as rules
        on
            coalesce(rules.stream_type, kinds.stream_type) = kinds.stream_type
            and coalesce(rules.origin, kinds.origin) = kinds.origin
    group by kinds.stream_type, kinds.origin
{% endmacro %}
