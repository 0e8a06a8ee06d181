-- Each month's measured property against its own history (实测参数历史对照): does it lie far from what the property usually is,
-- and far from every neighbouring month as well? Gross for net, dry for as received and a slipped digit stand out here although
-- they stay inside what is plausible of the fuel. What is far is learnt from the values, and from the gaps where they jump less.
with spread as (
    select
        series,
        1.4826 * median(gap_from_usual) as sigma,
        1.4826 * median(gap) as gap_sigma
    from {{ ref('property_gaps') }}
    group by series
),

final as (
    select
        concat_ws('|', gaps.planned_id, gaps.kind) as row_key,
        gaps.planned_id,
        gaps.facility_id,
        gaps.stream_id,
        gaps.period_start,
        gaps.level,
        gaps.middle as usual_level,
        try_cast(gaps.gap as decimal(38, 6)) as gap,
        try_cast(greatest(
            {{ limit_of('DQ07', 'least_gap') }},
            least({{ limit_of('DQ07', 'sigmas') }} * spread.sigma, {{ limit_of('DQ07', 'gap_sigmas') }} * spread.gap_sigma)
        ) as decimal(38, 6)) as gap_allowed,
        gaps.months_known >= {{ limit_of('DQ07', 'months_of_history') }} as has_history
    from {{ ref('property_gaps') }} as gaps
    inner join spread on gaps.series = spread.series
)

select * from final
