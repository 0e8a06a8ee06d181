-- Spans as their parameter sees them (认领): in the plan's unit, with a reason where they cannot be used.
-- Two spans over the same hours, or a ledger's total beside single postings, would be counted twice: neither is used.
-- Certificates are apart: many stand for one month.
with claimed as (
    select
        spans.*,
        claims.parameter_id,
        claims.plan_unit,
        claims.frequency,
        claims.aggregation,
        claims.claim_from,
        claims.claim_to,
        claims.reason as unit_reason,
        {{ convert('spans.quantity', 'claims.numerator', 'claims.denominator') }} as converted_quantity,
        cast(spans.start_at as date) as first_date,
        cast(spans.end_at - interval 1 microsecond as date) as last_date
    from {{ ref('spans') }} as spans
    inner join {{ ref('claims') }} as claims
        on
            spans.record_type = claims.record_type
            and spans.source_key = claims.source_key
            and spans.measure = claims.measure
            and spans.unit = claims.unit
            and spans.start_at < claims.claim_to
            and spans.end_at > claims.claim_from
            and cast(spans.start_at as date) >= claims.source_from
            and cast(spans.start_at as date) < claims.source_to
),

compared as (
    select
        *,
        not is_event and record_type <> 'energy_attribute' and coalesce(
            start_at < max(end_at) over (in_time rows between unbounded preceding and 1 preceding)
            or end_at > lead(start_at) over in_time, false
        ) as is_overlapping,
        bool_or(is_event) over in_month and not bool_and(is_event) over in_month as is_mixed
    from claimed
    window
        in_time as (partition by parameter_id, is_event order by start_at, end_at, record_id),
        in_month as (partition by parameter_id, date_trunc('month', first_date))
),

final as (
    select
        *,
        case
            when aggregation = 'sum' and (is_overlapping or is_mixed) then 'SPAN_OVERLAP'
            when reason is not null then reason
            when unit_reason is not null then unit_reason
            when quantity is null then 'NUM_BLANK'
            when converted_quantity is null then 'NUM_RANGE'
        end as final_reason,
        not is_event and (
            (record_type = 'utility_bill' and aggregation = 'sum')
            or {{ period_of('frequency', 'first_date') }} <> {{ period_of('frequency', 'last_date') }}
            or first_date < claim_from
            or last_date >= claim_to
        ) as is_spread
    from compared
)

select * from final
