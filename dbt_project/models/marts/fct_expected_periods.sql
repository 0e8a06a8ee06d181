-- What each regression expects of each month or day (回归期望值), with its prediction interval.
with final as (
    select * from {{ ref('expected_periods') }}
)

select * from final
