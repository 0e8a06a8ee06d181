-- Rows kept out (隔离行), each with its reason, what was found and the row's own text.
with names as (
    select
        file_sha256,
        min_by(file_name, received_seq) as file_name
    from {{ source('archive', 'deliveries') }}
    where event = 'received'
    group by file_sha256
),

final as (
    select
        coalesce(names.file_name, '') as file_name,
        rows.sheet,
        rows.row_number,
        rows.code,
        rows.field,
        rows.found,
        rows.message_zh,
        rows.message_en,
        rows.row_text,
        rows.file_sha256
    from {{ source('lake', 'quarantined_row') }} as rows
    left join names on rows.file_sha256 = names.file_sha256
)

select * from final
