-- Source streams of the plan (排放源): what is burnt, bought, sold or made, and where it comes from; where the plan
-- has several versions of one, the newest.
with final as (
    select
        streams.stream_id,
        streams.facility_id,
        streams.name_zh,
        streams.name_en,
        streams.stream_type,
        types.name_zh as stream_type_zh,
        types.name_en as stream_type_en,
        streams.fuel,
        fuels.name_zh as fuel_zh,
        fuels.name_en as fuel_en,
        streams.origin,
        streams.valid_from,
        streams.valid_to
    from {{ source('plan', 'streams') }} as streams
    left join {{ source('rules', 'stream_types') }} as types on streams.stream_type = types.stream_type
    left join {{ source('rules', 'fuels') }} as fuels on streams.fuel = fuels.fuel
    qualify row_number() over (partition by streams.stream_id order by streams.valid_from desc) = 1
)

select * from final
