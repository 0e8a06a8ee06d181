-- Performance by subject and day (日绩效): the streams that are read by day, at what a unit of them comes to in the month.
-- Production is the month's spread evenly over its days.
with emitted as (
    select
        streams.subject_id,
        days.local_date,
        days.month,
        sum({{ exact_share('days.quantity', mantissa('streams.emissions_tco2e'), mantissa('streams.quantity'), 9) }})
            as emissions_tco2e,
        -- a day without one of the streams that are read by day is no whole day
        bool_and(days.is_complete and streams.is_known) and count(*) = any_value(streams.streams_due) as is_complete,
        bool_or(days.is_apportioned) as has_apportioned,
        string_agg(days.stream_id, ' ' order by days.stream_id) as stream_ids
    from {{ ref('daily_streams') }} as streams
    inner join {{ ref('stream_days') }} as days
        on streams.stream_id = days.stream_id and streams.month = days.month
    group by streams.subject_id, days.local_date, days.month
),

final as (
    select
        emitted.subject_id,
        months.facility_id,
        emitted.local_date,
        emitted.month,
        emitted.stream_ids,
        emitted.emissions_tco2e,
        {{ exact_ratio(mantissa('months.production'), 'months.days * 1000000000000', 9) }} as production,
        emitted.is_complete,
        emitted.has_apportioned,
        case
            when emitted.is_complete and months.has_production
                then {{ exact_ratio(
                    mantissa('emitted.emissions_tco2e') ~ ' * months.days', mantissa('months.production'), 9
                ) }}
        end as intensity
    from emitted
    inner join {{ ref('monthly_performance') }} as months
        on emitted.subject_id = months.subject_id and emitted.month = months.month
)

select * from final
