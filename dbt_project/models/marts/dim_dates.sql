-- The calendar of the accounts (日历维度): one row per day from the first period up to the account's date, with the same day
-- of the year before. 29 February has 28 February there; no clock is asked.
with final as (
    select
        days.local_date,
        days.month,
        cast(year(days.local_date) as integer) as year,
        cast({{ days_between('days.month', 'days.next_month') }} as integer) as days_in_month,
        cast(days.local_date - interval 1 year as date) as same_date_last_year
    from {{ ref('calendar_days') }} as days
    inner join {{ source('settings', 'build') }} as settings
        on
            days.local_date >= settings.first_period
            and days.local_date < settings.as_of
)

select * from final
