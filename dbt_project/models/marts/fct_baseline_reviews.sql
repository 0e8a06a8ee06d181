-- What calls for the review of an effective baseline (基准复核), and whether a newer version answers.
with final as (
    select * from {{ ref('baseline_reviews') }}
)

select * from final
