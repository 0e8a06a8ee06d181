-- What part of a facility's emissions is the company's (合并比例): all of it under control, its equity share under equity share.
with final as (
    select
        facility_id,
        valid_from,
        coalesce(valid_to, date '9999-12-31') as valid_to,
        cast(case when consolidation_approach = 'equity_share' then consolidation_share else 1 end as decimal(38, 12))
            as share
    from {{ source('plan', 'facilities') }}
)

select * from final
