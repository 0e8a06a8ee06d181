-- The variables of each regression (回归系数).
with final as (
    select * from {{ ref('regression_coefficients') }}
)

select * from final
