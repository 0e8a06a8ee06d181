-- Does the stock add up (物料平衡)? opening + receipts − consumption + other − closing per facility, material and month,
-- where a balance is stated; and does the month open as the one before closed? A difference is a finding, no plug.
with chained as (
    select
        *,
        lag(closing) over months as closing_before,
        lag(month) over months as month_before
    from {{ ref('stock_months') }}
    where opening is not null or closing is not null
    window months as (partition by facility_id, material_code order by month)
),

compared as (
    select
        *,
        case when not is_unknown then opening + receipts - consumption + other - closing end as imbalance,
        case when month_before = month - interval 1 month then opening - closing_before end as opening_gap
    from chained
),

final as (
    select
        concat_ws('|', compared.facility_id, compared.material_code, cast(compared.month as varchar)) as row_key,
        compared.facility_id,
        compared.material_code,
        compared.month,
        compared.month as period_start,
        compared.unit,
        compared.opening,
        compared.receipts,
        compared.consumption,
        compared.other,
        compared.closing,
        compared.imbalance,
        case when compared.opening_gap is not null then compared.closing_before end as closing_before,
        compared.opening_gap,
        case when not compared.is_unknown then compared.opening + compared.receipts + compared.other - compared.closing end
            as consumed_by_balance
    from compared
)

select * from final
