-- Enthalpy of saturated steam from its measured pressure (饱和蒸汽焓), in the shape of a parameter's month: between the two
-- rows of the printed table that enclose it, in proportion, rounded once to 6 decimals. Outside the table there is none.
with points as (
    select
        cast(try_cast(split_part(subject, ' ', 1) as decimal(18, 6)) * 1000 as decimal(38, 12)) as kilopascals,
        cast(value as decimal(38, 12)) as enthalpy
    from {{ source('rules', 'factors') }}
    where factor_set = 'steam_saturated' and parameter = 'enthalpy' and numerator_unit = 'kJ' and denominator_unit = 'kg'
),

stances as (
    select unnest(['best_estimate', 'substitute']) as stance
),

read_pressures as (
    select
        months.*,
        stances.stance,
        {{ convert("case stances.stance when 'best_estimate' then months.best_estimate else months.substitute end",
            'ratios.numerator', 'ratios.denominator') }} as kilopascals
    from {{ ref('parameter_months') }} as months
    cross join stances
    inner join {{ ref('unit_ratios') }} as ratios on months.unit = ratios.from_unit and ratios.to_unit = 'kPa'
    where months.kind = 'steam_pressure'
),

sorted as (
    select * from read_pressures
    union all by name
    select * from points
),

enclosed as (
    select
        *,
        last_value(case when enthalpy is not null then kilopascals end ignore nulls) over up_to as lower_pressure,
        last_value(enthalpy ignore nulls) over up_to as lower_enthalpy,
        first_value(case when enthalpy is not null then kilopascals end ignore nulls) over from_on as upper_pressure,
        first_value(enthalpy ignore nulls) over from_on as upper_enthalpy
    from sorted
    where kilopascals is not null
    window
        up_to as (order by kilopascals range between unbounded preceding and current row),
        from_on as (order by kilopascals range between current row and unbounded following)
),

interpolated as (
    select
        *,
        lower_enthalpy + case
            when upper_pressure = lower_pressure then 0
            else {{ exact_share(
                'upper_enthalpy - lower_enthalpy', mantissa('kilopascals - lower_pressure') ~ ' // 1000000',
                mantissa('upper_pressure - lower_pressure') ~ ' // 1000000', 6
            ) }}
        end as interpolated
    from enclosed
    where parameter_id is not null and lower_enthalpy is not null and upper_enthalpy is not null
),

final as (
    select
        parameter_id, stream_id, month, first_date, failed_controls,
        '' as measure,
        'enthalpy' as kind,
        'kJ/kg' as unit,
        max(interpolated) filter (where stance = 'best_estimate') as best_estimate,
        max(interpolated) filter (where stance = 'substitute') as substitute
    from interpolated
    group by all
)

select * from final
