-- Every reading that a written rule filled or moved (缺失数据替代): what was measured, why the rule was needed, the best estimate
-- and the rule's substitute. A regime has a row of its own only where it has a rule of its own; '' holds in every regime.
with final as (
    select * from {{ ref('substituted_readings') }}
)

select * from final
