-- Activity of a stream by regime and month (排放源月活动量): its parameters in one unit added up, with what decides its
-- method.
with final as (
    select
        months.regime,
        months.stream_id,
        months.month,
        months.unit,
        treated.facility_id,
        treated.stream_type,
        treated.fuel,
        treated.origin,
        treated.region_code,
        treated.treatment,
        treated.is_own_counted,
        coalesce(units.dimension, '') as dimension,
        concat_ws('|', months.regime, months.stream_id, months.month, months.unit) as stream_month_id,
        bool_or(months.is_gross) as is_gross,
        sum(months.quantity) as quantity,
        sum(months.measured_quantity) as measured_quantity,
        sum(months.apportioned_quantity) as apportioned_quantity,
        sum(months.overridden_quantity) as overridden_quantity,
        sum(months.substituted_quantity) as substituted_quantity,
        case when count(*) = 1 then min(months.parameter_id) end as parameter_id,
        bool_and(months.is_complete) as is_complete,
        string_agg(nullif(months.incomplete_reason_zh, ''), '；' order by months.parameter_id) as reason_zh,
        string_agg(nullif(months.incomplete_reason_en, ''), '; ' order by months.parameter_id) as reason_en
    from {{ ref('activity_months') }} as months
    inner join {{ ref('treated_streams') }} as treated
        on
            months.regime = treated.regime
            and months.stream_id = treated.stream_id
            and months.first_date >= treated.valid_from
            and months.first_date < treated.valid_to
    left join {{ source('rules', 'units') }} as units on {{ bare_unit('months.unit') }} = units.unit
    group by all
)

select * from final
