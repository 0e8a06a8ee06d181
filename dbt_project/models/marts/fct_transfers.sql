-- Transfers between own sites (厂际转移): each end's line as its site accounts it. The group's total leaves both ends out.
with final as (
    select
        regime,
        year,
        month,
        facility_id,
        stream_id,
        counterpart_facility_id,
        counterpart_stream_id,
        scope,
        gas,
        activity_quantity,
        activity_unit,
        emissions_tco2e,
        emission_id
    from {{ ref('transferred_lines') }}
)

select * from final
