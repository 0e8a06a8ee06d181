-- Whole months of a parameter in which a regime fills a gap by a rule of its own (制度专用规则的月份): every admitted reading of
-- the month, with that rule's values in the place of the general ones.
with months as (
    select distinct
        regime,
        parameter_id,
        date_trunc('month', period_start) as month
    from {{ ref('regime_admitted') }}
),

final as (
    select
        months.regime,
        admitted.* replace (
            case when own.planned_id is null then admitted.basis else own.basis end as basis,
            case when own.planned_id is null then admitted.rule_id else own.rule_id end as rule_id,
            case when own.planned_id is null then admitted.best_estimate else own.best_estimate end as best_estimate,
            case when own.planned_id is null then admitted.substitute else own.substitute end as substitute,
            case when own.planned_id is null then admitted.fill_best_estimate else own.fill_best_estimate end
                as fill_best_estimate,
            case when own.planned_id is null then admitted.fill_substitute else own.fill_substitute end
                as fill_substitute
        )
    from months
    inner join {{ ref('admitted') }} as admitted
        on
            months.parameter_id = admitted.parameter_id
            and months.month = date_trunc('month', admitted.period_start)
    left join {{ ref('regime_admitted') }} as own
        on months.regime = own.regime and admitted.planned_id = own.planned_id
)

select * from final
