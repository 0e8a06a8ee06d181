-- Spans as readings (区间→日): whole where a span lies inside one period, spread by day where it does not.
-- Days add up to the span exactly: each is the difference of two running shares rounded to 6 decimals, the last takes the rest.
with pieces as (
    select
        *,
        first_date as period_start,
        last_date + 1 as period_end,
        start_at as piece_start,
        end_at as piece_end
    from {{ ref('claimed_spans') }}
    where not is_spread
    union all
    select
        spans.*,
        days.local_date as period_start,
        days.local_date + 1 as period_end,
        greatest(spans.start_at, cast(days.local_date as timestamp)) as piece_start,
        least(spans.end_at, cast(days.local_date + 1 as timestamp)) as piece_end
    from {{ ref('claimed_spans') }} as spans
    inner join {{ ref('calendar_days') }} as days
        on days.local_date >= greatest(spans.first_date, spans.claim_from)
        and days.local_date <= spans.last_date
        and days.local_date < spans.claim_to
    where spans.is_spread
),

measured as (
    select
        *,
        {{ seconds_between('start_at', 'end_at') }} as seconds,
        {{ seconds_between('start_at', 'piece_start') }} as seconds_before,
        {{ seconds_between('start_at', 'piece_end') }} as seconds_through
    from pieces
),

shared as (
    select
        *,
        case
            when final_reason is not null then null
            when not is_spread or aggregation <> 'sum' then converted_quantity
            when seconds_through = seconds
                then converted_quantity - {{ exact_share('converted_quantity', 'seconds_before', 'seconds', 6) }}
            else {{ exact_share('converted_quantity', 'seconds_through', 'seconds', 6) }}
                - {{ exact_share('converted_quantity', 'seconds_before', 'seconds', 6) }}
        end as share,
        {{ hours('(seconds_through - seconds_before)') }} as hours_expected
    from measured
),

final as (
    select
        {{ fingerprint(['parameter_id', 'record_id', 'period_start']) }} as reading_id,
        parameter_id,
        record_type,
        period_start,
        period_end,
        share as quantity,
        plan_unit as unit,
        hours_expected,
        case when final_reason is null then 0 else hours_expected end as hours_missing,
        case when is_spread and aggregation = 'sum' then 'apportioned' else 'measured' end as basis,
        is_event or aggregation <> 'sum' as is_event,
        source_quantity,
        unit as source_unit,
        final_reason as reason,
        first_date as span_start,
        last_date + 1 as span_end,
        file_sha256,
        sheet,
        row_first,
        row_last,
        start_file_sha256,
        start_sheet,
        start_row
    from shared
)

select * from final
