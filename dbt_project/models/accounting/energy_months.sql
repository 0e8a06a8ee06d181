-- Energy (能源消费) of every accounted quantity by stream and month, exact: in GJ, in tonnes of coal equivalent (当量值) and,
-- for electricity, in MWh. Best estimate; energy sold is negative. A fuel without a coefficient, or in a unit that does not
-- convert, is unknown and says so; a material that carries no energy (its dimensions, in the fuels) has no row.
with carriers as (
    select
        stream_type,
        -- a type whose methods all speak of one carrier (electricity, heat) is that carrier, whatever its fuel
        case when count(subject) = count(*) and count(distinct subject) = 1 then min(subject) end as carrier,
        min(sign) as sign
    from {{ source('rules', 'methods') }}
    group by stream_type
),

activity as (
    select
        months.stream_id,
        months.facility_id,
        months.month,
        months.unit,
        months.best_estimate as quantity,
        streams.stream_type,
        coalesce(nullif(streams.fuel, ''), carriers.carrier, '') as fuel,
        coalesce(carriers.carrier, streams.fuel) as carrier,
        carriers.sign
    from {{ ref('parameter_months') }} as months
    inner join {{ source('plan', 'streams') }} as streams
        on months.stream_id = streams.stream_id and {{ is_valid_on('months.first_date', 'streams') }}
    inner join carriers on streams.stream_type = carriers.stream_type
    left join {{ source('rules', 'fuels') }} as fuels on coalesce(carriers.carrier, streams.fuel) = fuels.fuel
    where months.kind = 'activity_data' and contains(coalesce(fuels.dimensions, 'energy'), 'energy')
),

rated as (
    select
        activity.*,
        cast(coalesce(own.tce_per_unit, general.tce_per_unit) as decimal(38, 18)) as tce_per_unit,
        cast(coalesce(own.gj_per_unit, general.gj_per_unit) as decimal(38, 18)) as gj_per_unit,
        ratios.numerator,
        ratios.denominator,
        case when activity.carrier = 'electricity' then powers.numerator end as power_numerator,
        powers.denominator as power_denominator,
        case
            when general.fuel is null then '没有折标系数 / no coefficient'
            when ratios.numerator is null then '单位不能换算 / the unit does not convert'
        end as reason
    from activity
    left join {{ source('rules', 'energy_coefficients') }} as general
        on activity.carrier = general.fuel and general.stream_type is null
    left join {{ source('rules', 'energy_coefficients') }} as own
        on activity.fuel = own.fuel and activity.stream_type = own.stream_type
    left join {{ ref('unit_ratios') }} as ratios
        on {{ bare_unit('activity.unit') }} = ratios.from_unit and general.unit = ratios.to_unit
    left join {{ ref('unit_ratios') }} as powers
        on {{ bare_unit('activity.unit') }} = powers.from_unit and powers.to_unit = 'MWh'
),

final as (
    select
        facility_id,
        stream_id,
        stream_type,
        fuel,
        month,
        sum(sign * coalesce(
            {{ exact_times(['quantity', 'gj_per_unit'], 'numerator', 'denominator') }},
            {{ exact_times(['quantity', 'tce_per_unit', '29.3076'], 'numerator', 'denominator') }}
        )) as energy_gj,
        sum(sign * {{ exact_times(['quantity', 'tce_per_unit'], 'numerator', 'denominator') }}) as energy_tce,
        sum(sign * {{ convert('quantity', 'power_numerator', 'power_denominator') }}) as electricity_mwh,
        coalesce(min(reason), '') as reason
    from rated
    group by facility_id, stream_id, stream_type, fuel, month
)

select * from final
