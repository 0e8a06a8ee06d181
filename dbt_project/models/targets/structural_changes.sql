-- Structural recalculation of a base (结构性重算), event by event in order: the effect alone and together with what was too small
-- before. Once either reaches the threshold, everything pending is recalculated and the count begins anew.
with recursive counted as (
    select
        base_key,
        cast(0 as bigint) as position,
        any_value(cast(base_tco2e as decimal(28, 6))) as value_tco2e,
        cast(0 as decimal(28, 6)) as pending_tco2e,
        cast(0 as decimal(28, 6)) as cumulative_tco2e,
        false as is_significant,
        false as is_significant_together,
        any_value(cast(base_tco2e as decimal(28, 6))) as value_before_tco2e
    from {{ ref('judged_events') }}
    group by base_key
    union all
    select
        base_key,
        position,
        case when is_alone or is_together then value_tco2e + pending_tco2e else value_tco2e end,
        case when is_alone or is_together then 0 else pending_tco2e end,
        pending_tco2e,
        is_alone,
        is_together,
        value_tco2e
    from (
        select
            events.base_key,
            events.position,
            counted.value_tco2e,
            cast(counted.pending_tco2e + coalesce(events.effect_tco2e, 0) as decimal(28, 6)) as pending_tco2e,
            abs(coalesce(events.effect_tco2e, 0)) >= limits.value * counted.value_tco2e and events.effect_tco2e <> 0
                as is_alone,
            abs(counted.pending_tco2e + coalesce(events.effect_tco2e, 0)) >= limits.value * counted.value_tco2e
            and events.effect_tco2e <> 0 as is_together
        from counted
        inner join {{ ref('judged_events') }} as events
            on counted.base_key = events.base_key and counted.position + 1 = events.position
        cross join (
            select cast(value as decimal(9, 6)) as value from {{ source('rules', 'performance_limits') }}
            where name = 'significant_change'
        ) as limits
    ) as stepped
),

-- an effect too small by itself is recalculated with the later one that makes them significant together
settled as (
    select
        events.*,
        counted.* exclude (base_key, position),
        min(case when counted.is_significant or counted.is_significant_together then events.position end) over (
            partition by events.base_key order by events.position rows between current row and unbounded following
        ) as settled_with
    from {{ ref('judged_events') }} as events
    inner join counted on events.base_key = counted.base_key and events.position = counted.position
),

final as (
    select
        *,
        settled_with is not null and effect_tco2e <> 0 as is_recalculated,
        {{ exact_ratio(mantissa('effect_tco2e'), mantissa('value_before_tco2e'), 6) }} as effect_share,
        {{ exact_ratio(mantissa('cumulative_tco2e'), mantissa('value_before_tco2e'), 6) }} as cumulative_share,
        -- whole months in the boundary (or, of what leaves, out of it) in the year of the change
        12 - month(happened_on) + case when day(happened_on) = 1 then 1 else 0 end as months_after
    from settled
)

select * from final
