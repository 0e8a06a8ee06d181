-- Readings that a regime fills by a rule of its own (制度专用规则的填补): one row per reading and regime where it says something
-- other than the general rule. Everything else a regime takes from admitted.
with final as (
    select
        fillings.regime,
        planned.planned_id,
        planned.parameter_id,
        planned.period_start,
        {{ filled_columns('planned', 'fillings') }}
    from {{ ref('fillings') }} as fillings
    inner join {{ ref('planned') }} as planned on fillings.planned_id = planned.planned_id
    where fillings.regime <> '' and planned.role = 'account'
)

select * from final
