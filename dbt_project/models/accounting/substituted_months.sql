-- Which rules touched a month of a parameter, and why (替代月份), by regime.
with reasons as (
    select
        coalesce(nullif(substitutions.regime, ''), asked.regime) as regime,
        substitutions.parameter_id,
        cast(date_trunc('month', substitutions.period_start) as date) as month,
        substitutions.cause,
        substitutions.rule_id
    from {{ ref('substituted_readings') }} as substitutions
    cross join {{ source('settings', 'regimes') }} as asked
    where substitutions.regime in ('', asked.regime)
    -- a regime's own rule stands in the place of the general one
    qualify substitutions.regime = max(substitutions.regime) over (
        partition by asked.regime, substitutions.parameter_id, substitutions.period_start
    )
),

final as (
    select
        regime,
        parameter_id,
        month,
        string_agg(distinct cause, ', ' order by cause) as causes,
        string_agg(distinct rule_id, ' ' order by rule_id) as rule_ids
    from reasons
    group by regime, parameter_id, month
)

select * from final
