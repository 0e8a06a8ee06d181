-- Unit prices (单价) against what the source usually costs and against its neighbouring months, so that a new tariff is no
-- finding. A slipped digit or a month entered twice leaves the money as it was. A price that stands still around a month allows
-- no more than the rounding of the money: there a single digit shows.
with usual as (
    select
        *,
        median(price_cny) over (partition by series) as middle,
        count(*) over (partition by series) as months_known,
        lag(price_cny) over (partition by series order by month) as price_before,
        lead(price_cny) over (partition by series order by month) as price_after,
        mad(price_cny) over around / median(price_cny) over around <= {{ limit_of('DQ42', 'still_gap') }}
        and count(price_cny) over around >= {{ limit_of('DQ42', 'months_around') }} as stands_still
    from {{ ref('monthly_prices') }}
    window around as (
        partition by series order by month rows between 3 preceding and 3 following exclude current row
    )
),

spread as (
    select
        series,
        1.4826 * median(abs(price_cny - middle)) as sigma
    from usual
    group by series
),

claimed as (
    select distinct
        parameter_id,
        record_type,
        source_key
    from {{ ref('claims') }}
),

final as (
    select
        usual.series || '|' || planned.planned_id as row_key,
        planned.planned_id,
        planned.facility_id,
        planned.stream_id,
        planned.period_start,
        usual.price_cny,
        usual.middle as usual_price_cny,
        try_cast(least(
            abs(usual.price_cny - usual.middle), abs(usual.price_cny - usual.price_before),
            abs(usual.price_cny - usual.price_after)
        ) / usual.middle as decimal(38, 9)) as gap,
        try_cast(case
            when usual.stands_still then greatest({{ limit_of('DQ42', 'still_gap') }}, usual.rounding)
            else greatest(controls.tolerance, {{ limit_of('DQ42', 'sigmas') }} * spread.sigma / usual.middle)
        end as decimal(38, 9)) as gap_allowed,
        usual.months_known >= {{ limit_of('DQ42', 'months_of_history') }} as has_history
    from usual
    inner join spread on usual.series = spread.series
    inner join claimed on usual.record_type = claimed.record_type and usual.source_key = claimed.source_key
    inner join {{ ref('planned') }} as planned
        on
            claimed.parameter_id = planned.parameter_id
            and planned.frequency = 'month'
            and usual.month = date_trunc('month', planned.period_start)
    {{ with_control('DQ42', 'planned.period_start') }}
)

select * from final
