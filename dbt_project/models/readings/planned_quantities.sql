-- Due and come side by side (应报与实收): the hours missing and the quantity, which is there only when the period is whole.
-- An approved override makes it whole with the value approved; what came stays beside it.
with came as (
    select
        due.planned_id,
        due.parameter_id,
        due.parameter_from,
        due.period_start,
        due.period_end,
        sums.measured_quantity,
        coalesce(sums.readings_count, 0) as readings_count,
        due.calendar_hours + coalesce(sums.hours_beyond_24, 0) as hours_expected,
        case
            when sums.readings_count is null then due.calendar_hours
            when not sums.is_event
                then greatest(due.calendar_hours + sums.hours_beyond_24 - sums.hours_covered, 0)
            -- a posting or a sample stands for the whole period; one that cannot be read makes the period unknown
            when sums.known_count < sums.readings_count then due.calendar_hours
            else 0
        end as hours_missing,
        case
            when coalesce(sums.known_count, 0) = 0 then 'missing'
            when sums.is_apportioned then 'apportioned'
            else 'measured'
        end as basis,
        sums.known_count = sums.readings_count as is_known
    from {{ ref('planned_periods') }} as due
    left join {{ ref('period_sums') }} as sums
        on
            due.parameter_id = sums.parameter_id
            and due.parameter_from = sums.parameter_from
            and due.bucket = sums.bucket
),

final as (
    select
        came.* exclude (basis, hours_missing),
        came.basis as basis_received,
        came.hours_missing as hours_not_received,
        overrides.override_id,
        case when overrides.quantity is null then came.basis else 'override' end as basis,
        case when overrides.quantity is null then came.hours_missing else 0 end as hours_missing,
        case
            when overrides.quantity is not null then overrides.quantity
            when came.hours_missing = 0 and came.is_known then came.measured_quantity
        end as quantity
    from came
    left join {{ ref('overrides_in_force') }} as overrides
        on came.parameter_id = overrides.parameter_id and came.period_start = overrides.period_start
)

select * from final
