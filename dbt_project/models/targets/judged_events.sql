-- What each event means for each base (事件的处理) by the GHG Protocol's rules: the signed emissions that the unit had in the base
-- year, or why there is nothing to recalculate.
with treated as (
    select
        events.*,
        kinds.direction,
        kinds.cause,
        case
            when kinds.treatment <> 'structural' then kinds.treatment
            when events.existed_since > make_date(events.base_last_year, 12, 31) then 'not_in_base_year'
            when events.event_kind in ('insourcing', 'outsourcing') and coalesce(events.is_scope_shift_covered, false)
                then 'covered_by_scopes'
            when events.unit_tco2e is null then 'unknown'
            else 'structural'
        end as treatment
    from {{ ref('structural_events') }} as events
    inner join {{ source('rules', 'event_kinds') }} as kinds on events.event_kind = kinds.event_kind
),

final as (
    select
        treated.*,
        treatments.reason_zh,
        treatments.reason_en,
        row_number() over (partition by treated.base_key order by treated.happened_on, treated.event_id) as position,
        case
            when treatments.is_recalculated then cast(treated.direction * treated.unit_tco2e as decimal(28, 6))
            when treated.treatment <> 'unknown' then cast(0 as decimal(28, 6))
        end as effect_tco2e
    from treated
    inner join {{ source('rules', 'recalculation_treatments') }} as treatments on treated.treatment = treatments.treatment
)

select * from final
