-- What came (实收), per parameter and period: sums, means and stock positions of its readings. It knows no calendar.
with readings as (
    select
        readings.*,
        parameters.measure,
        parameters.valid_from as parameter_from,
        {{ aggregation_of('parameters', 'kinds') }} as aggregation,
        {{ period_of('parameters.frequency', 'readings.period_start') }} as bucket
    from {{ ref('readings') }} as readings
    inner join {{ source('plan', 'parameters') }} as parameters
        on
            readings.parameter_id = parameters.parameter_id
            and {{ is_valid_on('readings.period_start', 'parameters') }}
    left join {{ source('rules', 'parameter_kinds') }} as kinds on parameters.kind = kinds.kind
),

daily as (
    select
        parameter_id,
        parameter_from,
        aggregation,
        measure,
        bucket,
        period_start,
        sum(quantity) as quantity,
        count(quantity) as known_count,
        count(*) as readings_count,
        bool_or(is_event) as is_event,
        bool_or(basis = 'apportioned') as is_apportioned,
        sum(case when record_type = 'load_profile' then hours_expected - 24 else 0 end) as hours_beyond_24,
        sum(hours_expected - hours_missing) as hours_covered
    from readings
    group by parameter_id, parameter_from, aggregation, measure, bucket, period_start
),

-- An opening balance is that of the period's first day with one, a closing balance that of its last.
sums as (
    select
        parameter_id,
        parameter_from,
        bucket,
        aggregation,
        case
            when aggregation <> 'balance' then sum(quantity)
            when measure = 'opening' then min_by(quantity, period_start)
            else max_by(quantity, period_start)
        end as total,
        sum(known_count) as known_count,
        sum(readings_count) as readings_count,
        bool_or(is_event) as is_event,
        bool_or(is_apportioned) as is_apportioned,
        sum(hours_beyond_24) as hours_beyond_24,
        sum(hours_covered) as hours_covered
    from daily
    group by parameter_id, parameter_from, aggregation, measure, bucket
),

final as (
    select
        *,
        case aggregation when 'mean' then {{ exact_share('total', 1, 'nullif(known_count, 0)') }} else total end
            as measured_quantity
    from sums
)

select * from final
