-- How far a month lies from the nearest of its neighbours (月度波动): the months before and after, and the same month of two
-- years before and after, so that a season is no finding even where one of them is not known. Both for the quantity and for
-- its intensity. One neighbour that is as odd as itself excuses no quantity outside all that the parameter usually is.
with months as (
    select
        *,
        median(rate) over (partition by parameter_id) as usual_rate,
        quantile_cont(rate, 0.1) over (partition by parameter_id) as low_rate,
        quantile_cont(rate, 0.9) over (partition by parameter_id) as high_rate,
        median(intensity) over (partition by parameter_id) as usual_intensity
    from {{ ref('rated_months') }}
),

asked as (
    select
        months.*,
        offsets.months_away,
        cast(months.month + to_months(offsets.months_away) as date) as other_month
    from months
    cross join (select unnest([-24, -12, -1, 1, 12, 24]) as months_away) as offsets
),

compared as (
    select
        asked.*,
        {{ relative_gap('asked.rate', 'others.rate', 'asked.usual_rate') }} as gap,
        {{ relative_gap('asked.rate', 'least(greatest(asked.rate, asked.low_rate), asked.high_rate)', 'asked.usual_rate') }}
            as gap_from_usual,
        {{ relative_gap('asked.intensity', 'others.intensity', 'asked.usual_intensity') }} as intensity_gap,
        asked.months_away in (-12, -1) and asked.quantity <> 0 and asked.quantity = others.quantity as is_repeated
    from asked
    left join {{ ref('rated_months') }} as others
        on asked.parameter_id = others.parameter_id and asked.other_month = others.month
),

nearest as (
    select
        planned_id,
        any_value(parameter_id) as parameter_id,
        any_value(facility_id) as facility_id,
        any_value(stream_id) as stream_id,
        any_value(kind) as kind,
        any_value(record_type) as record_type,
        any_value(period_start) as period_start,
        any_value(month) as month,
        any_value(quantity) as quantity,
        bool_or(has_product) as has_product,
        min(gap, 2) as gaps,
        any_value(gap_from_usual) as gap_from_usual,
        try_cast(min(intensity_gap) as decimal(38, 6)) as intensity_gap,
        cast(count(*) filter (where is_repeated) as integer) as repeats,
        min(other_month) filter (where is_repeated) as repeated_month
    from compared
    group by planned_id
),

final as (
    select
        * exclude (gaps, gap_from_usual),
        try_cast(greatest(gaps[1], least(coalesce(gaps[2], gaps[1]), gap_from_usual)) as decimal(38, 6)) as gap
    from nearest
)

select * from final
