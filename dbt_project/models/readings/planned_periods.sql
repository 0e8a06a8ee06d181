-- What is due (应报): every parameter of the plan × every day or month that has ended by `as_of`. It reads no reading.
-- A period is clipped to the validity of its parameter and stream; the hours of a day are 24 here.
with parameters as (
    select
        parameters.*,
        streams.facility_id,
        streams.stream_type,
        case when parameters.record_type = 'weather' then 'mean' else kinds.aggregation end as aggregation,
        settings.as_of,
        greatest(
            settings.first_period,
            coalesce(parameters.valid_from, date '0001-01-01'),
            coalesce(streams.valid_from, date '0001-01-01')
        ) as due_from,
        least(
            coalesce(parameters.valid_to, date '9999-12-31'), coalesce(streams.valid_to, date '9999-12-31')
        ) as due_to
    from {{ source('plan', 'parameters') }} as parameters
    inner join {{ source('plan', 'streams') }} as streams on parameters.stream_id = streams.stream_id
    left join {{ ref('parameter_kinds') }} as kinds on parameters.kind = kinds.kind
    cross join {{ source('settings', 'build') }} as settings
),

periods as (
    select
        local_date as bucket,
        local_date + 1 as bucket_end,
        'day' as frequency
    from {{ ref('calendar_days') }}
    union all
    select
        month as bucket,
        cast(month + interval 1 month as date) as bucket_end,
        'month' as frequency
    from {{ ref('calendar_days') }}
    where local_date = month
),

due as (
    select
        parameters.* exclude (valid_from, valid_to),
        periods.bucket,
        greatest(periods.bucket, parameters.due_from) as period_start,
        least(periods.bucket_end, parameters.due_to) as period_end
    from parameters
    inner join periods
        on parameters.frequency = periods.frequency
        and periods.bucket_end > parameters.due_from
        and periods.bucket < parameters.due_to
        and periods.bucket < parameters.as_of
),

final as (
    select
        *,
        parameter_id || '@' || cast(period_start as varchar) as planned_id,
        24 * {{ days_between('period_start', 'period_end') }} as calendar_hours
    from due
    where period_start < period_end and period_end <= as_of
)

select * from final
