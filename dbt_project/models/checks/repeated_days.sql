-- Days that were delivered twice (重复报送的日数据): by metered parameter and month, how many days have, to the last digit, the
-- quantity of the same day of the month before or of the year before. One may by chance; a row of them is an old file.
with days as (
    select
        parameter_id,
        cast(period_start as date) as local_date,
        sum(quantity) as quantity
    from {{ ref('readings') }}
    where record_type = 'load_profile'
    group by parameter_id, period_start
),

told as (
    select * from days
    where
        quantity <> 0
        and length(cast({{ digits_of('abs(quantity)') }} as varchar)) >= {{ limit_of('DQ35', 'significant_digits') }}
),

-- the same day of the month, and the day as many days into a month of another length
asked as (
    select
        *,
        unnest([1, 12]) as months_back
    from told
),

compared as (
    select
        asked.parameter_id,
        cast(date_trunc('month', asked.local_date) as date) as month,
        asked.months_back,
        count(*) as days
    from asked
    inner join told as others
        on
            asked.parameter_id = others.parameter_id
            and cast(asked.local_date - to_months(asked.months_back) as date) = others.local_date
            and asked.quantity = others.quantity
    where day(asked.local_date) = day(others.local_date)
    group by asked.parameter_id, date_trunc('month', asked.local_date), asked.months_back
),

repeated as (
    select
        parameter_id,
        month,
        max(days) as days
    from compared
    group by parameter_id, month
),

final as (
    select
        planned.planned_id,
        planned.facility_id,
        planned.stream_id,
        planned.period_start,
        case when planned.measured_quantity is not null then coalesce(repeated.days, 0) end as days_repeated,
        cast({{ limit_of('DQ35', 'days_repeated') }} as bigint) as days_allowed
    from {{ ref('planned') }} as planned
    left join repeated
        on planned.parameter_id = repeated.parameter_id and date_trunc('month', planned.period_start) = repeated.month
    where
        planned.record_type = 'load_profile'
        and (planned.frequency = 'month' or planned.period_start = date_trunc('month', planned.period_start))
)

select * from final
