-- The waist: every figure as a reading (读数) of a planned parameter, in the plan's unit, with its way back to the file.
-- Superseded rows and figures that no parameter claims are not here (the latter stand in unplanned).
with final as (
    select * from {{ ref('profile_days') }}
    union all
    select * from {{ ref('span_days') }}
)

select * from final
