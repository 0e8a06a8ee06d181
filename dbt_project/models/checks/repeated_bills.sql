-- Bills that were entered twice (重复录入的结算单): one row a bill, laid at the month it ends in. Does it charge, to the last digit,
-- what the bill before it charged, or that of a year ago? The months that a bill is shared out over would not show it.
with bills as (
    select
        *,
        cast(date_trunc('month', period_end - 1) as date) as month,
        lag(quantity) over (partition by account_id, commodity order by period_start) as quantity_before,
        length(cast({{ digits_of('abs(quantity)') }} as varchar)) as digits
    from {{ ref('stg_utility_bills') }}
    where is_current
),

-- several bills of one month have no counterpart that is theirs
years as (
    select
        account_id,
        commodity,
        cast(month + to_months(12) as date) as month,
        max(quantity) as quantity
    from bills
    group by account_id, commodity, month
    having count(*) = 1
),

claimed as (
    select distinct
        parameter_id,
        source_key
    from {{ ref('claims') }}
    where record_type = 'utility_bill'
),

final as (
    select
        bills.record_id || '|' || planned.planned_id as row_key,
        planned.planned_id,
        planned.facility_id,
        planned.stream_id,
        planned.period_start,
        bills.quantity,
        -- a value of few digits may come twice by chance
        cast(
            bills.digits >= {{ limit_of('DQ35', 'significant_digits') }}
            and (bills.quantity = coalesce(bills.quantity_before, 0) or bills.quantity = coalesce(years.quantity, 0))
            as integer
        ) as repeats
    from bills
    inner join claimed on bills.account_id = claimed.source_key
    inner join {{ ref('planned') }} as planned
        on claimed.parameter_id = planned.parameter_id and bills.month = date_trunc('month', planned.period_start)
    left join years
        on bills.account_id = years.account_id and bills.commodity = years.commodity and bills.month = years.month
    where bills.quantity is not null
)

select * from final
