-- The longest run of days with one and the same reading (连续相同读数), by parameter and the month it ends in. Days of zero
-- count only where a meter is seldom at zero.
with days as (
    select
        parameter_id,
        period_start as local_date,
        quantity,
        count(*) filter (where quantity = 0) over (partition by parameter_id) as zero_days,
        count(*) over (partition by parameter_id) as all_days,
        lag(quantity) over in_time as quantity_before,
        lag(period_start) over in_time as date_before
    from {{ ref('readings') }}
    where record_type = 'load_profile'
    window in_time as (partition by parameter_id order by period_start)
),

runs as (
    select
        *,
        count(*) filter (where quantity is distinct from quantity_before or local_date <> date_before + 1)
            over (partition by parameter_id order by local_date) as run
    from days
),

lengths as (
    select
        parameter_id,
        cast(date_trunc('month', max(local_date)) as date) as month,
        count(*) as days
    from runs
    where quantity <> 0 or zero_days <= all_days * {{ limit_of('DQ33', 'zero_day_share') }}
    group by parameter_id, run
),

final as (
    select
        parameter_id,
        month,
        max(days) as days
    from lengths
    group by parameter_id, month
)

select * from final
