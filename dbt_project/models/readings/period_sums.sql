-- What came (实收), per parameter and period: sums, means and stock positions of its readings. It knows no calendar.
with readings as (
    select
        readings.*,
        case when parameters.record_type = 'weather' then 'mean' else kinds.aggregation end as aggregation,
        parameters.measure,
        parameters.valid_from as parameter_from,
        {{ period_of('parameters.frequency', 'readings.period_start') }} as bucket
    from {{ ref('readings') }} as readings
    inner join {{ source('plan', 'parameters') }} as parameters
        on readings.parameter_id = parameters.parameter_id
        and readings.period_start >= parameters.valid_from
        and readings.period_start < coalesce(parameters.valid_to, date '9999-12-31')
    left join {{ ref('parameter_kinds') }} as kinds on parameters.kind = kinds.kind
),

-- An opening balance is the first day's, a closing balance the last day's, summed over the documents of that day.
positions as (
    select
        parameter_id,
        parameter_from,
        bucket,
        sum(quantity) as position
    from (
        select
            *,
            case when measure = 'opening' then min(period_start) over same_period else max(period_start) over same_period end
                as position_date
        from readings
        where aggregation = 'balance'
        window same_period as (partition by parameter_id, parameter_from, bucket)
    )
    where period_start = position_date
    group by parameter_id, parameter_from, bucket
),

sums as (
    select
        parameter_id,
        parameter_from,
        bucket,
        aggregation,
        sum(quantity) as total,
        count(quantity) as known_count,
        count(*) as readings_count,
        bool_or(is_event) as is_event,
        bool_or(basis = 'apportioned') as is_apportioned,
        sum(case when record_type = 'load_profile' then hours_expected - 24 else 0 end) as hours_beyond_24,
        sum(hours_expected - hours_missing) as hours_covered
    from readings
    group by parameter_id, parameter_from, bucket, aggregation
),

final as (
    select
        sums.*,
        case sums.aggregation
            when 'sum' then sums.total
            when 'mean' then {{ exact_share('sums.total', 1, 'nullif(sums.known_count, 0)') }}
            else positions.position
        end as measured_quantity
    from sums
    left join positions
        on sums.parameter_id = positions.parameter_id
        and sums.parameter_from = positions.parameter_from
        and sums.bucket = positions.bucket
)

select * from final
