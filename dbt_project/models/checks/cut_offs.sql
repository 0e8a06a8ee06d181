-- Quantities booked in the month beside their own (截止错误): what a month has too much the next one lacks, or the other way
-- round, whatever the two are held against. A miscounted pile or a register misread at the month's end looks so. Judged as a
-- day's mean or per output, whichever scatters less.
with nearest as (
    select
        planned_id,
        parameter_id,
        facility_id,
        stream_id,
        period_start,
        measure,
        min(case when excess * lack_after > 0 then least(abs(excess), abs(lack_after)) else 0 end) as shift,
        min(abs(excess + lack_after)) / 2 as scatter,
        count(*) as references_known
    from {{ ref('month_pairs') }}
    group by planned_id, parameter_id, facility_id, stream_id, period_start, measure
),

spread as (
    select
        parameter_id,
        measure,
        count(*) as months_known,
        1.4826 * median(scatter) as sigma
    from nearest
    group by parameter_id, measure
),

steadiest as (
    select
        parameter_id,
        min_by(measure, sigma) as measure
    from spread
    group by parameter_id
),

final as (
    select
        nearest.planned_id,
        nearest.facility_id,
        nearest.stream_id,
        nearest.period_start,
        try_cast(nearest.shift as decimal(38, 6)) as shift,
        try_cast(
            greatest(controls.tolerance, {{ limit_of('DQ44', 'sigmas') }} * spread.sigma) as decimal(38, 6)
        ) as shift_allowed,
        nearest.references_known > 1
        and spread.months_known >= {{ limit_of('DQ44', 'months_of_history') }}
        and spread.sigma <= {{ limit_of('DQ44', 'greatest_sigma') }} as has_history
    from nearest
    inner join steadiest on nearest.parameter_id = steadiest.parameter_id and nearest.measure = steadiest.measure
    inner join spread on nearest.parameter_id = spread.parameter_id and nearest.measure = spread.measure
    {{ with_control('DQ44', 'nearest.period_start') }}
)

select * from final
