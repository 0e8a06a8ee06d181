-- What a planned reading's change goes by (读数变化归类): new, late, corrected, filled by another rule, in another unit. The value
-- is the one that the regime picks; amounts are signed, later minus earlier, in the parameter's unit.
with sides as (
    {{ picked_readings('false', source('closed', 'reported_admitted'), source('closed', 'reported_regime_admitted'),
        source('closed', 'reported_regimes'), source('closed', 'reported_readings')) }}
    union all
    {{ picked_readings('true', ref('admitted'), ref('regime_admitted'), source('rules', 'regimes'), ref('readings')) }}
),

paired as (
    select
        regime, planned_id, parameter_id, stream_id, kind, month, period_start,
        max(period_end) as period_end,
        max(unit) as unit,
        min(as_of) as as_of,
        max(first_period) as first_period,
        count(*) = 2 as is_on_both,
        count(distinct unit) = 1 and count(distinct source_units) <= 1 as is_one_unit,
    {% for side, condition in [('earlier', 'not is_later'), ('later', 'is_later')] -%}
        max(picked) filter (where {{ condition }}) as {{ side }}_quantity,
        coalesce(max(measured_quantity) filter (where {{ condition }}), 0) as {{ side }}_measured,
        coalesce(max(hours_missing) filter (where {{ condition }}), 0) as {{ side }}_hours_missing,
        coalesce(bool_or(basis in ('missing', 'substituted', 'default')) filter (where {{ condition }}), false)
            as is_{{ side }}_gap
        {{- ',' if not loop.last }}
    {% endfor -%}
    from sides
    group by regime, planned_id, parameter_id, stream_id, kind, month, period_start
),

judged as (
    select
        paired.*,
        case
            when not paired.is_on_both and (
                paired.period_end > paired.as_of or paired.period_start < paired.first_period
            ) then 'new_data'
            when not paired.is_on_both then 'method'
            when
                paired.is_earlier_gap
                and (not paired.is_later_gap or paired.later_hours_missing < paired.earlier_hours_missing)
                then 'late_data'
            when
                paired.is_later_gap
                and (not paired.is_earlier_gap or paired.later_hours_missing > paired.earlier_hours_missing)
                then 'corrections'
            when not paired.is_one_unit then 'unit'
            else 'corrections'
        end as part,
        coalesce(paired.later_quantity, 0) - coalesce(paired.earlier_quantity, 0) as change,
        -- of two gaps of one length, what was measured is corrected and the rest is the rule's
        paired.is_earlier_gap
        and paired.is_later_gap
        and paired.later_hours_missing = paired.earlier_hours_missing as is_rule_apart
    from paired
),

final as (
    select
        * exclude (change), part as change_part,
        case when is_rule_apart then later_measured - earlier_measured else change end as amount
    from judged
    union all by name
    select
        * exclude (change), 'missing_data_rule' as change_part,
        change - (later_measured - earlier_measured) as amount
    from judged where is_rule_apart
)

select * exclude (part) from final where amount <> 0
