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
        parameters.*,
        {{ aggregation_of('parameters', 'kinds') }} as aggregation,
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
        least(
            case parameters.frequency when 'day' then periods.next_date else periods.next_month end, parameters.due_to
        ) as period_end
    from parameters
    inner join {{ ref('calendar_days') }} as periods
        on parameters.due_from < periods.next_month
        and least(parameters.due_to, parameters.as_of) > periods.local_date
        and (parameters.frequency = 'day' or periods.local_date = periods.month)
),

final as (
    select
        due.* exclude (
            name_zh, name_en, uncertainty, responsible_department, review_department, valid_from, valid_to,
            as_of, due_from, due_to
        ),
        due.parameter_id || '@' || cast(due.period_start as varchar) as planned_id,
        due.valid_from as parameter_from,
        24 * {{ days_between('due.period_start', 'due.period_end') }} as calendar_hours,
        streams.facility_id,
        streams.stream_type
    from due
    inner join {{ source('plan', 'streams') }} as streams
        on due.stream_id = streams.stream_id
        and {{ is_valid_on('due.period_start', 'streams') }}
    where due.period_start < due.period_end and due.period_end <= due.as_of
)

select * from final
