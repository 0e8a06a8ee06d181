-- What bills and deliveries cost (月均单价), by source and month: money over quantity. Reversals and refunds are netted; what has no
-- price is judged elsewhere.
with paid as (
    select
        'utility_bill' as record_type,
        source_key,
        commodity,
        unit,
        cast(date_trunc('month', period_end - 1) as date) as month,
        quantity,
        amount_cny
    from {{ ref('stg_utility_bills') }}
    where is_current
    union all
    select
        'purchase' as record_type,
        source_key,
        '' as commodity,
        unit,
        cast(date_trunc('month', posting_date) as date) as month,
        quantity,
        amount_cny
    from {{ ref('stg_purchases') }}
    where is_current
),

final as (
    select
        concat_ws('|', record_type, source_key, commodity, unit) as series,
        record_type,
        source_key,
        month,
        try_cast(cast(sum(amount_cny) as double) / cast(sum(quantity) as double) as decimal(38, 12)) as price_cny,
        -- the amounts are rounded to the fen
        try_cast(0.01 * count(*) / sum(amount_cny) as decimal(38, 12)) as rounding
    from paid
    where amount_cny is not null and quantity is not null
    group by record_type, source_key, commodity, unit, month
    having sum(amount_cny) > 0 and sum(quantity) > 0
)

select * from final
