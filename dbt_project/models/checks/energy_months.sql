-- Accounted energy by stream and month in tonnes of coal equivalent (当量值) and, for electricity, in MWh; energy sold counts
-- negative. Only what has a coefficient and a unit that converts.
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
        months.facility_id,
        months.stream_id,
        months.month,
        {{ bare_unit('months.unit') }} as unit,
        months.best_estimate as quantity,
        streams.stream_type,
        coalesce(carriers.carrier, streams.fuel) as carrier,
        carriers.sign
    from {{ ref('parameter_months') }} as months
    inner join {{ source('plan', 'streams') }} as streams
        on months.stream_id = streams.stream_id and {{ is_valid_on('months.first_date', 'streams') }}
    inner join carriers on streams.stream_type = carriers.stream_type
    where months.kind = 'activity_data'
),

final as (
    select
        activity.facility_id,
        activity.stream_id,
        activity.stream_type,
        activity.month,
        sum(activity.sign * {{ exact_times(
            ['activity.quantity', 'cast(coefficients.tce_per_unit as decimal(38, 18))'], 'ratios.numerator', 'ratios.denominator'
        ) }}) as energy_tce,
        sum(activity.sign * {{ convert('activity.quantity', 'powers.numerator', 'powers.denominator') }})
        filter (where activity.carrier = 'electricity') as electricity_mwh
    from activity
    inner join {{ source('rules', 'energy_coefficients') }} as coefficients
        on activity.carrier = coefficients.fuel and coefficients.stream_type is null
    inner join {{ ref('unit_ratios') }} as ratios
        on activity.unit = ratios.from_unit and coefficients.unit = ratios.to_unit
    left join {{ ref('unit_ratios') }} as powers on activity.unit = powers.from_unit and powers.to_unit = 'MWh'
    group by activity.facility_id, activity.stream_id, activity.stream_type, activity.month
)

select * from final
