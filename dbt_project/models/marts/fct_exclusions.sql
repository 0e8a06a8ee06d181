-- What is not in the accounts, and why (不计入项): facilities out of the boundary and stream types a regime leaves out.
with final as (
    select
        regime,
        facility_id,
        stream_id,
        stream_type,
        fuel,
        origin,
        treatment,
        valid_from,
        valid_to,
        reason_zh,
        reason_en
    from {{ ref('treated_streams') }}
    where treatment in ('outside', 'excluded')
)

select * from final
