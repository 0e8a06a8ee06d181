{#-
One shape for every figure that is not a load profile: a span of time [start_at, end_at), a quantity in the source's unit,
and the way back to the file. `is_event`: a posting or a sample, which stands for a moment and not for hours.
-#}
{% macro spans_of(relation, record_type, start_at, end_at, measure="''", quantity='quantity', unit='unit',
                  source_quantity='quantity', is_event='false', reason='null', condition='is_current',
                  is_primary='true', has_start=false) %}
    select
        '{{ record_type }}' as record_type,
        record_id,
        source_key,
        coalesce({{ measure }}, '') as measure,
        cast({{ start_at }} as timestamp) as start_at,
        cast({{ end_at }} as timestamp) as end_at,
        {{ quantity }} as quantity,
        coalesce({{ unit }}, '') as unit,
        {{ source_quantity }} as source_quantity,
        {{ is_event }} as is_event,
        {{ is_primary }} as is_primary,
        cast({{ reason }} as varchar) as reason,
        file_sha256,
        sheet,
        row_first,
        row_last,
        {{ 'start_file_sha256' if has_start else 'cast(null as varchar)' }} as start_file_sha256,
        {{ 'start_sheet' if has_start else 'cast(null as varchar)' }} as start_sheet,
        {{ 'start_row' if has_start else 'cast(null as bigint)' }} as start_row
    from {{ relation }}
    where {{ condition }}
{% endmacro %}

{#- A basis (基准) as part of a measure's name: null, and so left out of it, where it is the usual one or not stated. -#}
{% macro unless_usual(basis, usual) -%}
case when lower({{ basis }}) not in ('', {% for one in usual %}'{{ one }}'{% if not loop.last %}, {% endif %}{% endfor %}) then lower({{ basis }}) end
{%- endmacro %}
