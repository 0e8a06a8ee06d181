-- Movements and deliveries entered twice (重复记账): one material, one day, one amount, under two documents, and not taken back.
-- Equal lines of one document are legitimate; so is a booking that was reversed and made anew.
with booked as (
    select
        'stock_movement' as record_type,
        movements.source_key,
        types.measure,
        movements.posting_date,
        movements.document_number,
        movements.quantity
    from {{ ref('stg_stock_movements') }} as movements
    inner join {{ source('rules', 'movement_types') }} as types on movements.movement = types.movement
    where movements.is_current
    union all
    select
        'purchase' as record_type,
        source_key,
        '' as measure,
        posting_date,
        document_number,
        quantity
    from {{ ref('stg_purchases') }}
    where is_current
),

alike as (
    select
        record_type,
        source_key,
        cast(date_trunc('month', posting_date) as date) as month,
        abs(sum(sign(quantity))) as times_standing,
        count(distinct document_number) as documents
    from booked
    where quantity <> 0 and document_number <> ''
    group by record_type, source_key, measure, posting_date, abs(quantity), date_trunc('month', posting_date)
),

doubled as (
    select
        record_type,
        source_key,
        month,
        count(*) as doubles
    from alike
    where times_standing > 1 and documents > 1
    group by record_type, source_key, month
),

final as (
    select
        planned.planned_id,
        planned.facility_id,
        planned.stream_id,
        planned.period_start,
        case when planned.readings_count > 0 then coalesce(doubled.doubles, 0) end as doubles
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
