-- The figures of the inventory that fit what was asked; a part that was not asked (null) fits every figure.
with asked as (
    select
        $1::varchar as facility_id,
        $2::varchar as stream_id,
        $3::date as month,
        $4::varchar as gas,
        $5::varchar as regime
),

final as (
    select
        emissions.emission_id,
        emissions.regime,
        emissions.facility_id,
        facilities.name_zh as facility_zh,
        facilities.name_en as facility_en,
        emissions.stream_id,
        streams.name_zh as stream_zh,
        streams.name_en as stream_en,
        emissions.month,
        emissions.gas,
        emissions.scope,
        emissions.emissions_t,
        emissions.emissions_tco2e,
        case
            when emissions.error_code is not null then 'error'
            when emissions.is_complete then 'complete'
            else 'incomplete'
        end as status,
        coalesce(emissions.error_zh, nullif(emissions.incomplete_reason_zh, '')) as reason_zh,
        coalesce(emissions.error_en, nullif(emissions.incomplete_reason_en, '')) as reason_en,
        lines.sign,
        lines.unit as activity_unit,
        case when regimes.rounding_stage = 'line' then regimes.rounding_decimals else 6 end as decimals
    from accounting.emissions as emissions
    cross join asked
    left join accounting.emission_lines as lines on emissions.emission_id = lines.emission_id
    left join marts.dim_facilities as facilities on emissions.facility_id = facilities.facility_id
    left join marts.dim_streams as streams on emissions.stream_id = streams.stream_id
    left join marts.dim_regimes as regimes on emissions.regime = regimes.regime
    where
        emissions.facility_id = coalesce(asked.facility_id, emissions.facility_id)
        and emissions.stream_id = coalesce(asked.stream_id, emissions.stream_id)
        and emissions.month = coalesce(asked.month, emissions.month)
        and lower(emissions.gas) = lower(coalesce(asked.gas, emissions.gas))
        and emissions.regime = coalesce(asked.regime, emissions.regime)
)

select *
from final
order by regime, facility_id, stream_id, month, gas, emission_id
