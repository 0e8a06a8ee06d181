-- Facilities of the plan (设施), in the boundary and out of it; where the plan has several versions of one, the newest.
with final as (
    select
        facility_id,
        name_zh,
        name_en,
        legal_entity,
        credit_code,
        consolidation_approach,
        consolidation_share,
        region_code,
        is_in_boundary,
        boundary_reason,
        is_ets_boundary,
        estimated_tco2e,
        valid_from,
        valid_to
    from {{ source('plan', 'facilities') }}
    qualify row_number() over (partition by facility_id order by valid_from desc) = 1
)

select * from final
