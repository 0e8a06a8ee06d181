-- What may be accounted (准入数据): the measured value, or for a gap both the best estimate and the rule's substitute; the
-- regime picks. A gap without a rule stays a gap. Nothing measured is overwritten.
with failed as (
    -- a filled gap answers the control that asks for completeness; every other severe failure stays with the row
    select
        failures.planned_id,
        string_agg(distinct failures.control_id, ', ' order by failures.control_id) as failed_controls
    from {{ ref('entry_failures') }} as failures
    left join {{ ref('substitutes') }} as substitutes
        on
            failures.planned_id = substitutes.planned_id
            and failures.control_id = substitutes.answers_control
            and (substitutes.fill_substitute is not null or substitutes.is_default)
    where failures.severity = 'E' and failures.planned_id is not null and substitutes.planned_id is null
    group by failures.planned_id
),

final as (
    select
        planned.* exclude (basis, aggregation),
        case
            when planned.quantity is not null then planned.basis
            when substitutes.is_default then 'default'
            when substitutes.fill_substitute is not null then 'substituted'
            else 'missing'
        end as basis,
        coalesce(planned.quantity, substitutes.kept_quantity + substitutes.fill_best_estimate) as best_estimate,
        coalesce(planned.quantity, substitutes.kept_quantity + substitutes.fill_substitute) as substitute,
        case when planned.quantity is null then substitutes.fill_best_estimate else 0 end as fill_best_estimate,
        case when planned.quantity is null then substitutes.fill_substitute else 0 end as fill_substitute,
        case
            when substitutes.is_default or substitutes.fill_substitute is not null then substitutes.rule_id
        end as rule_id,
        coalesce(failed.failed_controls, '') as failed_controls
    from {{ ref('planned') }} as planned
    left join {{ ref('substitutes') }} as substitutes on planned.planned_id = substitutes.planned_id
    left join failed on planned.planned_id = failed.planned_id
    where planned.role = 'account'
)

select * from final
