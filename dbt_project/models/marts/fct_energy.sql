-- Energy (能源消费) by stream and month in GJ and tonnes of coal equivalent (当量值), best estimate; energy sold counts
-- negative. A fuel without a coefficient, or in a unit that does not convert, is unknown and says so; a material that
-- carries no energy (its dimensions, in the fuels) has no row.
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
        sum(months.best_estimate) as quantity,
        streams.stream_type,
        coalesce(nullif(streams.fuel, ''), carriers.carrier, '') as fuel,
        coalesce(carriers.carrier, streams.fuel) as carrier,
        carriers.sign
    from {{ ref('fct_activity_data') }} as months
    inner join {{ ref('dim_streams') }} as streams on months.stream_id = streams.stream_id
    inner join carriers on streams.stream_type = carriers.stream_type
    left join {{ source('rules', 'fuels') }} as fuels on coalesce(carriers.carrier, streams.fuel) = fuels.fuel
    where months.kind = 'activity_data' and contains(coalesce(fuels.dimensions, 'energy'), 'energy')
    group by all
),

rated as (
    select
        activity.*,
        cast(coalesce(own.tce_per_unit, general.tce_per_unit) as decimal(38, 18)) as tce_per_unit,
        cast(coalesce(own.gj_per_unit, general.gj_per_unit) as decimal(38, 18)) as gj_per_unit,
        ratios.numerator,
        ratios.denominator,
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
),

converted as (
    select
        *,
        {{ exact_times(['quantity', 'tce_per_unit'], 'numerator', 'denominator') }} as tce,
        case
            when gj_per_unit is not null
                then {{ exact_times(['quantity', 'gj_per_unit'], 'numerator', 'denominator') }}
            else {{ exact_times(['quantity', 'tce_per_unit', '29.3076'], 'numerator', 'denominator') }}
        end as gj
    from rated
),

final as (
    select
        facility_id,
        stream_id,
        stream_type,
        fuel,
        month,
        cast(sum(sign * gj) as decimal(38, 6)) as energy_gj,
        cast(sum(sign * tce) as decimal(38, 6)) as energy_tce,
        coalesce(min(reason), '') as reason
    from converted
    group by facility_id, stream_id, stream_type, fuel, month
)

select * from final
