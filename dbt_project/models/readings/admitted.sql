-- What may be accounted (准入数据): the measured value, or for a gap both the best estimate and the rule's substitute; the
-- regime picks. A gap without a rule stays a gap. Nothing measured is overwritten.
with failed as (
    -- a filled gap answers the control that asks for completeness, an allowance the one that asks for a calibration; every
    -- other severe failure stays with the row
    select
        failures.planned_id,
        string_agg(distinct failures.control_id, ', ' order by failures.control_id) as failed_controls
    from {{ ref('entry_failures') }} as failures
    left join {{ ref('substitutes') }} as substitutes
        on
            failures.planned_id = substitutes.planned_id
            and failures.control_id = substitutes.answers_control
            and substitutes.regime = ''
            and (substitutes.fill_substitute is not null or substitutes.is_default)
    where failures.severity = 'E' and failures.planned_id is not null and substitutes.planned_id is null
    group by failures.planned_id
),

final as (
    select
        planned.* exclude (basis, aggregation),
        {{ filled_columns('planned', 'fillings') }},
        coalesce(failed.failed_controls, '') as failed_controls
    from {{ ref('planned') }} as planned
    left join {{ ref('fillings') }} as fillings on planned.planned_id = fillings.planned_id and fillings.regime = ''
    left join failed on planned.planned_id = failed.planned_id
    where planned.role = 'account'
)

select * from final
