-- Corrections (更正事件): a later delivery gave a key another value. The older row stays, superseded; both stand here.
with delivered as (
    {% for record_type, staged in staged_types().items() -%}
        select
            '{{ record_type }}' as record_type,
            concat_ws('/', {{ staged.key | join(', ') }}) as key,
            occurrence,
            received_seq,
            sheet,
            row_first,
            file_sha256,
            revision,
            {{ staged.value if staged.is_text else value_text_of(staged.value) }} as value
        from {{ ref('stg_' ~ record_type ~ 's') }}
        where is_superseded_by_seq is not null or revision <> 'original'
        {{ 'union all' if not loop.last }}
    {% endfor %}
),

paired as (
    select
        *,
        lag(value) over deliveries as old_value
    from delivered
    window deliveries as (partition by record_type, key, occurrence order by received_seq, sheet, row_first)
),

names as (
    select
        file_sha256,
        min_by(file_name, received_seq) as file_name
    from {{ source('archive', 'deliveries') }}
    where event = 'received'
    group by file_sha256
),

final as (
    select
        'VALUE_REVISED' as event,
        coalesce(names.file_name, '') as file_name,
        paired.record_type,
        paired.key,
        paired.old_value,
        paired.value as new_value,
        paired.received_seq,
        paired.sheet,
        paired.row_first,
        paired.file_sha256
    from paired
    left join names on paired.file_sha256 = names.file_sha256
    where paired.revision = 'revised'
)

select * from final
