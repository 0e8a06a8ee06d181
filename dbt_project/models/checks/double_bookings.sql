-- Movements and deliveries entered twice (重复记账): one material, one day, one amount, under two documents, and not taken back;
-- and those without a document in a list whose others have one, as a subtotal among the rows has none (无凭证).
-- Equal lines of one document are legitimate; so is a booking that was reversed and made anew.
with booked as (
    select
        'stock_movement' as record_type,
        movements.source_key,
        types.measure,
        movements.posting_date,
        movements.document_number,
        movements.file_sha256,
        movements.quantity
    from {{ ref('stg_stock_movements') }} as movements
    inner join {{ source('rules', 'movement_types') }} as types on movements.movement = types.movement
    where movements.is_current
    union all by name
    select
        'purchase' as record_type,
        source_key,
        posting_date,
        document_number,
        file_sha256,
        quantity
    from {{ ref('stg_purchases') }}
    where is_current
),

-- a ledger by the month has no documents at all
documented as (
    select
        *,
        coalesce(document_number, '') <> '' as is_documented,
        bool_or(coalesce(document_number, '') <> '') over (partition by record_type, file_sha256) as has_documents
    from booked
),

alike as (
    select
        record_type,
        source_key,
        cast(date_trunc('month', posting_date) as date) as month,
        case when is_documented then 0 else count(*) end as undocumented,
        is_documented and abs(sum(sign(quantity))) > 1 and count(distinct document_number) > 1 as is_double
    from documented
    where quantity <> 0 and has_documents
    group by record_type, source_key, measure, posting_date, abs(quantity), is_documented
),

doubled as (
    select
        record_type,
        source_key,
        month,
        count(*) filter (where is_double) as doubles,
        sum(undocumented) as undocumented
    from alike
    group by record_type, source_key, month
),

final as (
    select
        planned.planned_id,
        planned.facility_id,
        planned.stream_id,
        planned.period_start,
        case when planned.readings_count > 0 then coalesce(doubled.doubles, 0) end as doubles,
        case when planned.readings_count > 0 then coalesce(doubled.undocumented, 0) end as undocumented
    from {{ ref('planned') }} as planned
    inner join {{ source('plan', 'parameters') }} as parameters
        on planned.parameter_id = parameters.parameter_id and {{ is_valid_on('planned.period_start', 'parameters') }}
    left join doubled
        on
            planned.record_type = doubled.record_type
            and parameters.source_key = doubled.source_key
            and date_trunc('month', planned.period_start) = doubled.month
    where planned.record_type = 'purchase' or (planned.record_type = 'stock_movement' and planned.role = 'account')
)

select * from final
