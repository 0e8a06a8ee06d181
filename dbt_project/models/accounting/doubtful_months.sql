-- Months of activity data that rest on something not measured soundly (存疑月值), by regime: the conservative value and the best
-- estimate beside it, and why. What fails a control that no rule answers stands at the plan's limit.
with final as (
    select
        months.regime,
        months.stream_id,
        months.parameter_id,
        months.month,
        months.unit,
        months.best_estimate,
        -- a month that lacks a period altogether has no whole to price
        case
            when months.periods_unsubstituted + months.periods_unestimated > 0 then null
            when failed.parameter_id is null then months.substitute
            else months.substitute + failed.step
        end as conservative,
        case
            when coalesce(regimes.missing_data_stance, 'conservative') = 'conservative' then months.substitute
            else months.best_estimate
        end as picked,
        concat_ws(', ', told.causes, case when failed.parameter_id is not null then 'failed_control' end) as cause,
        concat_ws(' ', told.rule_ids, case when failed.parameter_id is not null then (
            select max(rules.rule_id) from {{ source('rules', 'missing_data_rules') }} as rules
            where rules.algorithm = 'plan_limit'
        ) end) as rule_id,
        coalesce(failed.failed_controls, '') as failed_controls
    from {{ ref('regime_months') }} as months
    inner join {{ source('rules', 'regimes') }} as regimes on months.regime = regimes.regime
    left join {{ ref('substituted_months') }} as told
        on
            months.regime = told.regime
            and months.parameter_id = told.parameter_id
            and months.month = told.month
    left join {{ ref('failed_values') }} as failed
        on
            months.parameter_id = failed.parameter_id
            and months.stream_id = failed.stream_id
            and months.month = failed.month
            and months.unit = failed.unit
    where months.kind = 'activity_data' and (told.parameter_id is not null or failed.parameter_id is not null)
)

select * from final
