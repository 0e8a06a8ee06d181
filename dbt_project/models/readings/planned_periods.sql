-- What is due (应报): every parameter of the plan × every day or month that has ended by `as_of`. It reads no reading.
-- A period is clipped to the validity of its parameter and stream; the hours of a day are 24 here.
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
        parameters.*,
        case when parameters.record_type = 'weather' then 'mean' else kinds.aggregation end as aggregation,
        settings.as_of,
        greatest(settings.first_period, parameters.valid_from, streams.stream_from) as due_from,
        least(coalesce(parameters.valid_to, date '9999-12-31'), streams.stream_to) as due_to
    from {{ source('plan', 'parameters') }} as parameters
    inner join streams on parameters.stream_id = streams.stream_id
    left join {{ ref('parameter_kinds') }} as kinds on parameters.kind = kinds.kind
    cross join {{ source('settings', 'build') }} as settings
),

due as (
    select
        parameters.*,
        periods.local_date as bucket,
        greatest(periods.local_date, parameters.due_from) as period_start,
        least(case parameters.frequency when 'day' then periods.next_date else periods.next_month end, parameters.due_to)
            as period_end
    from parameters
    inner join {{ ref('calendar_days') }} as periods
        on (parameters.frequency = 'day' or periods.local_date = periods.month)
        and periods.next_month > parameters.due_from
        and periods.local_date < least(parameters.due_to, parameters.as_of)
),

final as (
    select
        due.parameter_id || '@' || cast(due.period_start as varchar) as planned_id,
        due.parameter_id,
        due.valid_from as parameter_from,
        due.stream_id,
        streams.facility_id,
        streams.stream_type,
        due.kind,
        due.role,
        due.record_type,
        due.source_key,
        due.measure,
        due.aggregation,
        due.frequency,
        due.bucket,
        due.period_start,
        due.period_end,
        24 * {{ days_between('due.period_start', 'due.period_end') }} as calendar_hours,
        due.unit,
        due.plan_min,
        due.plan_max,
        due.missing_rule,
        due.cross_check_parameter_id,
        due.cross_check_tolerance
    from due
    inner join {{ source('plan', 'streams') }} as streams
        on due.stream_id = streams.stream_id
        and due.period_start >= streams.valid_from
        and due.period_start < coalesce(streams.valid_to, date '9999-12-31')
    where due.period_start < due.period_end and due.period_end <= due.as_of
)

select * from final
