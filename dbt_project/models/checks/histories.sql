-- Each month against its parameter's own history (历史对照): may it change so much, and is it a copy of another month?
-- The room for change is the plan's tolerance, or so many robust standard deviations of the parameter's own changes. What
-- jumps about by itself is not judged, nor the intensity of what output does not explain.
with usual as (
    select
        parameter_id,
        count(quantity) as months_known,
        try_cast(1.4826 * median(gap) as decimal(38, 6)) as sigma,
        try_cast(1.4826 * median(intensity_gap) as decimal(38, 6)) as intensity_sigma,
        -- does output explain the quantity: is a large change of it larger than one of its intensity?
        quantile_cont(intensity_gap, 0.9) <= quantile_cont(gap, 0.9) as is_explained
    from {{ ref('month_changes') }}
    group by parameter_id
),

final as (
    select
        changes.planned_id,
        changes.facility_id,
        changes.stream_id,
        changes.kind,
        changes.period_start,
        changes.quantity,
        changes.gap,
        greatest(jumps.tolerance, {{ limit_of('DQ34', 'sigmas') }} * usual.sigma) as gap_allowed,
        usual.months_known >= {{ limit_of('DQ34', 'months_of_history') }}
        and usual.sigma <= {{ limit_of('DQ34', 'greatest_sigma') }} as has_history,
        changes.intensity_gap,
        greatest(controls.tolerance, {{ limit_of('DQ11', 'sigmas') }} * usual.intensity_sigma) as intensity_gap_allowed,
        changes.has_product and changes.kind <> 'production'
        and usual.months_known >= {{ limit_of('DQ11', 'months_of_history') }}
        and usual.intensity_sigma <= {{ limit_of('DQ11', 'greatest_sigma') }}
        and usual.is_explained as has_intensity_history,
        -- a value of few digits may come twice by chance
        case
            when changes.quantity is null then null
            when
                length(cast({{ digits_of('abs(changes.quantity)') }} as varchar))
                >= {{ limit_of('DQ35', 'significant_digits') }} then changes.repeats
            else 0
        end as repeats,
        changes.repeated_month
    from {{ ref('month_changes') }} as changes
    inner join usual on changes.parameter_id = usual.parameter_id
    {{ with_control('DQ11', 'changes.month') }}
    left join {{ source('plan', 'controls') }} as jumps
        on jumps.control_id = 'DQ34' and {{ is_in_force('jumps', 'changes.month') }}
)

select * from final
