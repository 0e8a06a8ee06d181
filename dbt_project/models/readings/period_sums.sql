-- What came (实收), per parameter and period: sums, means and stock positions of its readings. It knows no calendar.
with readings as (
    select
        readings.*,
        case when parameters.record_type = 'weather' then 'mean' else kinds.aggregation end as aggregation,
        coalesce(parameters.measure, '') as measure,
        {{ period_of('parameters.frequency', 'readings.period_start') }} as bucket
    from {{ ref('readings') }} as readings
    inner join {{ source('plan', 'parameters') }} as parameters on readings.parameter_id = parameters.parameter_id
    left join {{ ref('parameter_kinds') }} as kinds on parameters.kind = kinds.kind
),

-- An opening balance is the first day's, a closing balance the last day's, summed over the documents of that day.
positions as (
    select
        parameter_id,
        bucket,
        case when measure = 'opening' then min_by(quantity, period_start) else max_by(quantity, period_start) end
            as position
    from (
        select
            parameter_id,
            measure,
            bucket,
            period_start,
            sum(quantity) as quantity
        from readings
        where aggregation = 'balance'
        group by parameter_id, measure, bucket, period_start
    )
    group by parameter_id, measure, bucket
),

sums as (
    select
        parameter_id,
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
    group by parameter_id, bucket, aggregation
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
        and sums.bucket = positions.bucket
)

select * from final
