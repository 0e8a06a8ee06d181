-- The error of every emission line (核算行错误), '' where there is none, so that a line without one is judged and passes.
with final as (
    select
        emission_id,
        regime,
        facility_id,
        stream_id,
        month,
        coalesce(error_code, '') as error_code
    from {{ ref('emissions') }}
)

select * from final
