-- Sub-meters against their main meter (分表与总表), by month, in the main meter's unit. A month in which a sub-meter is not
-- whole cannot be judged. Least: what the plan says they measure together; most: the main meter and the tolerance.
with groups as (
    select
        mains.point_id as main_point_id,
        subs.point_id,
        max(mains.sub_metered_share) as sub_metered_share
    from {{ source('plan', 'meters') }} as subs
    inner join {{ source('plan', 'meters') }} as mains on subs.main_point_id = mains.point_id
    group by mains.point_id, subs.point_id
),

grouped as (
    select
        mains.planned_id,
        mains.facility_id,
        mains.stream_id,
        mains.month,
        mains.quantity as main_quantity,
        max(groups.sub_metered_share) as sub_metered_share,
        case when count(subs.quantity) = count(*) then sum(
            {{ convert('subs.quantity', 'ratios.numerator', 'ratios.denominator') }}
        ) end as sub_quantity
    from {{ ref('point_months') }} as mains
    inner join groups on mains.point_id = groups.main_point_id
    inner join {{ ref('point_months') }} as subs
        on groups.point_id = subs.point_id and mains.direction = subs.direction and mains.month = subs.month
    inner join {{ ref('unit_ratios') }} as ratios on subs.unit = ratios.from_unit and mains.unit = ratios.to_unit
    group by mains.planned_id, mains.facility_id, mains.stream_id, mains.month, mains.quantity
),

final as (
    select
        grouped.*,
        grouped.month as period_start,
        case
            when grouped.main_quantity is not null
                then coalesce({{ times_ratio('grouped.main_quantity', 'grouped.sub_metered_share') }}, 0)
        end as least_quantity,
        {{ times_ratio('grouped.main_quantity', '(1 + controls.tolerance)') }} as most_quantity
    from grouped
    {{ with_control('DQ05', 'grouped.month') }}
)

select * from final
