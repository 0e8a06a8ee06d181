-- Accounted activity and production month by month (月度水平): a day's mean, and the same per day's production where the
-- facility makes one product. A month that is not whole has none, nor one that was apportioned where others are read.
with months as (
    select
        planned_id,
        parameter_id,
        stream_id,
        facility_id,
        kind,
        record_type,
        period_start,
        cast(date_trunc('month', period_start) as date) as month,
        quantity,
        case
            when basis = mode(basis) over (partition by parameter_id)
                then cast(quantity as double) / nullif({{ days_between('period_start', 'period_end') }}, 0)
        end as rate
    from {{ ref('planned') }}
    where
        frequency = 'month'
        and role = 'account'
        and kind in ('activity_data', 'production')
),

products as (
    select
        facility_id,
        month,
        case when count(*) = 1 then any_value(rate) end as rate
    from months
    where kind = 'production'
    group by facility_id, month
),

final as (
    select
        months.*,
        -- what was contracted or certified does not follow output
        case
            when months.kind <> 'production' and months.record_type <> 'energy_attribute' and products.rate > 0
                then months.rate / products.rate
        end as intensity,
        products.facility_id is not null as has_product
    from months
    left join products on months.facility_id = products.facility_id and months.month = products.month
)

select * from final
