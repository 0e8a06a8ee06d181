-- The periods of each item of the evaluation plan (评价期间): its months, quarters or years since the first period of account.
with months as (
    select cast(unnest(generate_series(build.first_period, build.as_of, interval 1 month)) as date) as month, build.as_of
    from {{ source('settings', 'build') }} as build
),

final as (
    select distinct
        items.*,
        months.as_of,
        cast(date_trunc(items.frequency, months.month) as date) as period_start,
        cast(date_trunc(items.frequency, months.month) + case items.frequency
            when 'month' then interval 1 month when 'quarter' then interval 3 month else interval 1 year
        end as date) as period_end
    from {{ source('plan', 'evaluations') }} as items
    cross join months
    where
        date_trunc(items.frequency, months.month) >= items.valid_from
        and months.month < coalesce(items.valid_to, date '9999-12-31')
)

select * from final
