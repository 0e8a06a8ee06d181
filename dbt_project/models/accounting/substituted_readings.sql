-- Readings that a written rule filled or moved (替代的读数), by rule: what was measured, why, the best estimate and the substitute.
-- A regime has a row of its own only where it has a rule of its own; '' holds in every regime.
with valued as (
    select
        '' as regime,
        planned_id,
        basis,
        rule_id,
        best_estimate,
        substitute
    from {{ ref('admitted') }}
    union all
    select
        regime,
        planned_id,
        basis,
        rule_id,
        best_estimate,
        substitute
    from {{ ref('regime_admitted') }}
),

final as (
    select
        admitted.facility_id,
        admitted.stream_id,
        admitted.parameter_id,
        admitted.period_start,
        admitted.period_end,
        coalesce(substitutes.rule_id, valued.rule_id) as rule_id,
        cast(admitted.hours_missing as decimal(18, 6)) as hours_missing,
        admitted.measured_quantity,
        valued.best_estimate,
        valued.substitute,
        admitted.unit,
        admitted.plan_version,
        valued.regime,
        coalesce(substitutes.cause, '') as cause,
        coalesce(substitutes.direction, '') as direction,
        cast(substitutes.fill_best_estimate as decimal(38, 12)) as fill_best_estimate,
        cast(substitutes.fill_substitute as decimal(38, 12)) as fill_substitute,
        cast(substitutes.fill_substitute - substitutes.fill_best_estimate as decimal(38, 12)) as difference
    from valued
    inner join {{ ref('admitted') }} as admitted on valued.planned_id = admitted.planned_id
    left join {{ ref('substitutes') }} as substitutes
        on
            valued.planned_id = substitutes.planned_id
            and valued.regime = substitutes.regime
            and substitutes.fill_substitute is not null
    where valued.basis = 'substituted'
)

select * from final
