-- Spans as readings (区间→日): whole inside one period, spread by day over several. Days add up to the span exactly:
-- each is the difference of two running shares rounded to 6 decimals, and the last takes the rest.
with days_spread as (
    select
        spans.parameter_id,
        spans.record_id,
        days.local_date,
        days.next_date
    from {{ ref('claimed_spans') }} as spans
    inner join {{ ref('calendar_days') }} as days
        on
            greatest(spans.first_date, spans.claim_from) <= days.local_date
            and least(spans.last_date + 1, spans.claim_to) > days.local_date
    where spans.is_spread
),

pieces as (
    select
        spans.*,
        coalesce(days.local_date, spans.first_date) as period_start,
        coalesce(days.next_date, spans.last_date + 1) as period_end,
        {{ seconds_between('spans.start_at', 'spans.end_at') }} as seconds,
        {{ seconds_between('spans.start_at', 'greatest(spans.start_at, cast(days.local_date as timestamp))') }}
            as seconds_before,
        {{ seconds_between('spans.start_at', 'least(spans.end_at, cast(days.next_date as timestamp))') }}
            as seconds_through
    from {{ ref('claimed_spans') }} as spans
    left join days_spread as days on spans.parameter_id = days.parameter_id and spans.record_id = days.record_id
),

shared as (
    select
        *,
        case
            when seconds_through = seconds then converted_quantity
            else {{ exact_share('converted_quantity', 'seconds_through', 'seconds', 6) }}
        end as share_through,
        {{ exact_share('converted_quantity', 'seconds_before', 'seconds', 6) }} as share_before,
        {{ hours('(seconds_through - seconds_before)') }} as hours_expected
    from pieces
),

final as (
    select
        {{ fingerprint(['parameter_id', 'record_id', 'period_start']) }} as reading_id,
        parameter_id,
        period_start,
        period_end,
        case
            when final_reason is not null then null
            when is_spread and aggregation = 'sum' then share_through - share_before
            else converted_quantity
        end as quantity,
        plan_unit as unit,
        hours_expected,
        case when final_reason is null then 0 else hours_expected end as hours_missing,
        case when is_spread and aggregation = 'sum' then 'apportioned' else 'measured' end as basis,
        is_event or aggregation <> 'sum' as is_event,
        record_type,
        file_sha256,
        sheet,
        row_first,
        row_last,
        start_file_sha256,
        start_sheet,
        start_row,
        first_date as span_start,
        last_date + 1 as span_end,
        source_quantity,
        unit as source_unit,
        final_reason as reason
    from shared
)

select * from final
