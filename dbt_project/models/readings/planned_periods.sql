-- What is due (应报): every parameter of the plan × every day or month that has ended by `as_of`. It reads no reading.
-- A period is clipped to the validity of its parameter and stream; a day has 24 hours here.
with streams as (
    select
        stream_id,
        min(valid_from) as stream_from,
        max(coalesce(valid_to, date '9999-12-31')) as stream_to
    from {{ source('plan', 'streams') }}
    group by stream_id
),

parameters as (
    select
        parameters.parameter_id,
        parameters.valid_from as parameter_from,
        parameters.frequency,
        greatest(settings.first_period, parameters.valid_from, streams.stream_from) as due_from,
        least(coalesce(parameters.valid_to, date '9999-12-31'), streams.stream_to) as due_to
    from {{ source('plan', 'parameters') }} as parameters
    inner join streams on parameters.stream_id = streams.stream_id
    cross join {{ source('settings', 'build') }} as settings
),

-- only the days of this build: every parameter meets each of them
days as (
    select
        days.*,
        settings.as_of
    from {{ ref('calendar_days') }} as days
    inner join {{ source('settings', 'build') }} as settings
        on
            days.next_month > settings.first_period
            and days.local_date < settings.as_of
),

due as (
    select
        parameters.parameter_id,
        parameters.parameter_from,
        days.as_of,
        days.local_date as bucket,
        greatest(days.local_date, parameters.due_from) as period_start,
        least(case parameters.frequency when 'day' then days.next_date else days.next_month end, parameters.due_to)
            as period_end
    from parameters
    inner join days
        on
            parameters.due_from < days.next_month
            and parameters.due_to > days.local_date
            and (parameters.frequency = 'day' or days.local_date = days.month)
),

final as (
    select
        parameter_id || '@' || cast(period_start as varchar) as planned_id,
        parameter_id,
        parameter_from,
        bucket,
        period_start,
        period_end,
        24 * {{ days_between('period_start', 'period_end') }} as calendar_hours
    from due
    where period_start < period_end and period_end <= as_of
)

select * from final
