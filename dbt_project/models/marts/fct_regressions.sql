-- Regressions (回归模型) with their goodness, judged against the rules.
with final as (
    select * from {{ ref('regressions') }}
)

select * from final
