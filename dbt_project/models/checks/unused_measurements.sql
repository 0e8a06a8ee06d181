-- Measurements that the account passes over (未采用的实测值): a property that the plan records but does not account, in a month in
-- which a line of its stream took a default in its place, with the reason that the plan gives.
with defaults as (
    select distinct terms.measured_id
    from {{ ref('emission_terms') }} as terms
    where terms.basis = 'default'
),

recorded as (
    select
        planned.planned_id,
        planned.parameter_id,
        planned.facility_id,
        planned.stream_id,
        planned.period_start,
        planned.kind,
        regimes.regime,
        nullif(trim(parameters.record_only_reason), '') as record_only_reason,
        concat_ws(
            '|', regimes.regime, planned.stream_id, cast(date_trunc('month', planned.period_start) as date), planned.kind
        ) as measured_id
    from {{ ref('planned') }} as planned
    inner join {{ source('plan', 'parameters') }} as parameters
        on
            planned.parameter_id = parameters.parameter_id
            and {{ is_in_force('parameters', 'planned.period_start') }}
    cross join {{ source('settings', 'regimes') }} as regimes
    where planned.role = 'record' and planned.aggregation = 'mean' and planned.quantity is not null
),

final as (
    select
        recorded.planned_id,
        recorded.parameter_id,
        recorded.facility_id,
        recorded.stream_id,
        recorded.period_start,
        recorded.regime,
        recorded.record_only_reason
    from recorded
    inner join defaults on recorded.measured_id = defaults.measured_id
)

select * from final
