{#-
Staging of one record type, the same for all: the newest accepted delivery (received_seq) of a business key is current,
older rows stay and say which delivery superseded them. `key` is the business key, `values` the columns that make a later
delivery 'same' or 'revised'. Where ERP layouts repeat a key legitimately, its n-th row in a file is its n-th occurrence.
It joins nothing and drops nothing.
-#}
{% macro fingerprint(columns) -%}
md5(concat_ws('|'{% for column in columns %}, coalesce(cast({{ column }} as varchar), ''){% endfor %}))
{%- endmacro %}

{% macro staged(relation, key, values, source_key, is_repeatable=false) %}
with source as (
    select * from {{ relation }}
),

keyed as (
    select
        *,
        {{ source_key }} as source_key,
        {% if is_repeatable -%}
        row_number() over (partition by file_sha256, {{ key | join(', ') }} order by sheet, row_first, row_last)
        {%- else -%}
        1
        {%- endif %} as occurrence,
        {{ fingerprint(['file_sha256', 'sheet', 'row_first', 'row_last'] + key) }} as record_id,
        {{ fingerprint(values) }} as content_hash
    from source
),

final as (
    select
        *,
        lead(received_seq) over deliveries is null as is_current,
        lead(received_seq) over deliveries as is_superseded_by_seq,
        case
            when lag(content_hash) over deliveries is null then 'original'
            when lag(content_hash) over deliveries = content_hash then 'same'
            else 'revised'
        end as revision
    from keyed
    window deliveries as (
        partition by {{ key | join(', ') }}, occurrence
        order by received_seq, sheet, row_first, row_last
    )
)

select * from final
{% endmacro %}

{#- Names a meter-day as delivered: its file, place and business key. -#}
{% macro profile_id(lake) -%}
{%- set columns = ['file_sha256', 'sheet', 'row_first', 'row_last', 'meter_id', 'channel', 'local_date'] -%}
{%- set qualified = [] -%}
{%- for column in columns -%}{%- set _ = qualified.append(lake ~ '.' ~ column) -%}{%- endfor -%}
{{ fingerprint(qualified) }}
{%- endmacro %}
