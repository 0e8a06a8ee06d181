-- What each candidate says a year should have come to (基准对比), beside what it came to on restated data.
with final as (
    select * from {{ ref('baseline_comparisons') }}
)

select * from final
