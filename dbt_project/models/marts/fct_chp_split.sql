-- Combined heat and power (热电联产分摊): the share of heat, the emissions of heat and of power, and each per GJ and per MWh.
-- A split that lacks a part is incomplete and says what is missing.
with final as (
    select
        split_id,
        regime,
        cast(year(month) as integer) as year,
        month,
        facility_id,
        stream_id,
        heat_share,
        emissions_tco2e,
        heat_emissions_tco2e,
        power_emissions_tco2e,
        heat_supplied_gj,
        heat_produced_gj,
        power_generated_mwh,
        case
            when heat_supplied_gj > 0
                then cast({{ exact_ratio(
                    mantissa('cast(heat_emissions_tco2e as decimal(38, 12))'), mantissa('heat_supplied_gj'), 6
                ) }} as decimal(38, 6))
        end as heat_intensity_tco2e_per_gj,
        case
            when power_generated_mwh > 0
                then cast({{ exact_ratio(
                    mantissa('cast(power_emissions_tco2e as decimal(38, 12))'), mantissa('power_generated_mwh'), 6
                ) }} as decimal(38, 6))
        end as power_intensity_tco2e_per_mwh,
        case when is_complete then 'complete' else 'incomplete' end as status,
        reason_zh,
        reason_en
    from {{ ref('split_emissions') }}
)

select * from final
