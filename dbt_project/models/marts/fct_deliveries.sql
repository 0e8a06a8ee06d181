-- Every file received (交付文件) with its row account, and how many of its rows still count. A row of several records
-- counts while one of them is current.
with received as (
    select * from {{ source('archive', 'deliveries') }}
    where event = 'received'
),

retracted as (
    select
        file_sha256,
        arg_max(event, received_seq) = 'retracted' as is_retracted
    from {{ source('archive', 'deliveries') }}
    where event in ('retracted', 'restored')
    group by file_sha256
),

spans as (
    {% for record_type in staged_types() -%}
        select
            file_sha256,
            sheet,
            row_first,
            row_last,
            bool_or(is_current) as is_current
        from {{ ref('stg_' ~ record_type ~ 's') }}
        group by file_sha256, sheet, row_first, row_last
        {{ 'union all' if not loop.last }}
    {% endfor %}
),

held as (
    select
        file_sha256,
        cast(sum(case when is_current then row_last - row_first + 1 else 0 end) as bigint) as rows_current,
        cast(sum(case when is_current then 0 else row_last - row_first + 1 end) as bigint) as rows_superseded
    from spans
    group by file_sha256
),

final as (
    select
        received.received_seq,
        received.file_sha256,
        received.file_name,
        accounts.feed,
        accounts.record_type,
        case
            when coalesce(retracted.is_retracted, false) then 'RETRACTED' else coalesce(accounts.outcome, 'NOT_READ')
        end as outcome,
        coalesce(array_to_string(accounts.codes, ';'), '') as codes,
        coalesce(accounts.rows_read, 0) as rows_read,
        coalesce(accounts.rows_loaded, 0) as rows_loaded,
        coalesce(accounts.rows_quarantined, 0) as rows_quarantined,
        coalesce(accounts.rows_skipped, 0) as rows_skipped,
        coalesce(held.rows_current, 0) as rows_current,
        coalesce(held.rows_superseded, 0) as rows_superseded,
        coalesce(received.byte_count, 0) as byte_count,
        received.received_at
    from received
    left join {{ source('lake', 'file_account') }} as accounts on received.file_sha256 = accounts.file_sha256
    left join retracted on received.file_sha256 = retracted.file_sha256
    left join held on received.file_sha256 = held.file_sha256
)

select * from final
