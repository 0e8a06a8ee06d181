-- Changes that nothing explains (无法解释的变化): neither a neighbouring month nor the same month of another year is like it, nor
-- does output, where the facility makes one product. The room is the plan's tolerance, or so many robust standard deviations.
with changes as (
    select
        *,
        case when not has_product then gap when intensity_gap is not null then least(intensity_gap, gap) end
            as unexplained_gap
    from {{ ref('month_changes') }}
    where kind = 'activity_data' and record_type <> 'energy_attribute'
),

usual as (
    select
        parameter_id,
        count(unexplained_gap) as months_known,
        try_cast(1.4826 * median(unexplained_gap) as decimal(38, 6)) as sigma
    from changes
    group by parameter_id
),

final as (
    select
        changes.planned_id,
        changes.facility_id,
        changes.stream_id,
        changes.period_start,
        changes.unexplained_gap,
        greatest(controls.tolerance, {{ limit_of('DQ43', 'sigmas') }} * usual.sigma) as gap_allowed,
        usual.months_known >= {{ limit_of('DQ43', 'months_of_history') }}
        and usual.sigma <= {{ limit_of('DQ43', 'greatest_sigma') }} as has_history
    from changes
    inner join usual on changes.parameter_id = usual.parameter_id
    {{ with_control('DQ43', 'changes.month') }}
)

select * from final
