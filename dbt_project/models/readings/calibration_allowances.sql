-- What a lapsed calibration adds or takes (超检定期调整): the readings of the lapsed days times the meter's error. A period of
-- which one lapsed stretch has no known error has no allowance, and stays not reportable.
with read_meanwhile as (
    select
        lapsed.*,
        abs({{ exact_share(
            'readings.quantity',
            days_between('greatest(readings.period_start, lapsed_from)', 'least(readings.period_end, lapsed_to)'),
            days_between('readings.period_start', 'readings.period_end')
        ) }}) as quantity
    from {{ ref('lapsed_periods') }} as lapsed
    left join {{ ref('readings') }} as readings
        on
            lapsed.parameter_id = readings.parameter_id
            and lapsed.lapsed_from < readings.period_end
            and lapsed.lapsed_to > readings.period_start
            and lapsed.period_start <= readings.period_start
            and lapsed.period_end > readings.period_start
),

summed as (
    select
        * exclude (is_known, quantity, lapsed_from, lapsed_to),
        bool_and(is_known) as is_known,
        cast(coalesce(sum(quantity), 0) as decimal(38, 12)) as quantity
    from read_meanwhile
    group by all
),

final as (
    select
        planned_id,
        parameter_id,
        stream_type,
        period_start,
        regime,
        rule_id,
        answers_control,
        sum({{ exact_times(['quantity', 'error']) }}) as allowance
    from summed
    group by all
    having bool_and(is_known)
)

select * from final
