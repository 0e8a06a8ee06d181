-- The look-alike scan of each non-conformity (类似问题排查): the same control in the same months elsewhere, found or clean.
with final as (
    select
        nonconformity_id,
        scope,
        facility_id,
        parameter_id,
        meter_ids,
        is_own_facility,
        judged_count,
        failed_count,
        result
    from {{ ref('similar_failures') }}
)

select * from final
