-- Every gap that a written rule filled (缺失数据替代): what was measured, the best estimate and the rule's substitute.
with final as (
    select
        facility_id,
        stream_id,
        parameter_id,
        period_start,
        period_end,
        rule_id,
        cast(hours_missing as decimal(18, 6)) as hours_missing,
        measured_quantity,
        best_estimate,
        substitute,
        unit,
        plan_version
    from {{ ref('admitted') }}
    where basis = 'substituted'
)

select * from final
