-- What a property that was left to a guide's default probably was (缺省值旁的最佳估计): the mean of its whole periods around the
-- gap, by regime, stream, month and kind. One row where exactly one parameter of the plan measures it.
with ranked as (
    select
        asked.regime,
        admitted.stream_id,
        admitted.parameter_id,
        admitted.kind,
        admitted.unit,
        cast(date_trunc('month', admitted.period_start) as date) as month,
        substitutes.rule_id,
        substitutes.cause,
        substitutes.default_estimate,
        row_number() over (
            partition by asked.regime, admitted.planned_id order by substitutes.regime = asked.regime desc
        ) as place
    from {{ ref('substitutes') }} as substitutes
    inner join {{ ref('admitted') }} as admitted on substitutes.planned_id = admitted.planned_id
    cross join {{ source('settings', 'regimes') }} as asked
    where substitutes.is_default and substitutes.regime in ('', asked.regime)
),

final as (
    select
        concat_ws('|', regime, stream_id, month, kind) as measured_id,
        min(parameter_id) as parameter_id,
        min(unit) as unit,
        min(rule_id) as rule_id,
        min(cause) as cause,
        case when count(*) = 1 then min(default_estimate) end as best_estimate
    from ranked
    where place = 1
    group by regime, stream_id, month, kind
)

select * from final
