-- Measured properties (实测参数) by regime, stream and month that may stand in a product instead of a default: heat value,
-- carbon content, oxidation and emission factor. The unit is split into what it counts and what it divides by.
with united as (
    select
        measured.*,
        coalesce(units.to_base_numerator, 1) as numerator,
        coalesce(units.to_base_denominator, 1) as denominator,
        -- a difference of temperature is a number of kelvins: the specific heat after it divides by them
        case
            when coalesce(units.dimension, '') <> 'temperature' then nullif(coalesce(units.base_unit, measured.unit), '1')
        end as base_unit,
        count(*) over at_once as parameters_at_once,
        concat_ws(', ', min(measured.parameter_id) over at_once, max(measured.parameter_id) over at_once)
            as parameters_named,
        row_number() over (at_once order by measured.parameter_id, measured.unit) as position
    from {{ ref('measured_values') }} as measured
    left join {{ source('rules', 'units') }} as units on {{ bare_unit('measured.unit') }} = units.unit
    where measured.value is not null and measured.stance = 'picked'
    window at_once as (partition by measured.measured_id)
),

final as (
    select
        united.measured_id,
        united.parameter_id,
        united.kind,
        united.value,
        united.unit,
        united.numerator,
        united.denominator,
        coalesce(split_part(united.base_unit, '/', 1), '') as numerator_unit,
        coalesce(split_part(united.base_unit, '/', 2), '') as denominator_unit,
        coalesce(units.dimension, '') as denominator_dimension,
        case when {{ is_gross("united.measure || ' ' || united.unit") }} then 'gross' else 'net' end as heat_basis,
        regexp_matches(united.measure, '_(ad|d|daf)$') as is_other_mass_basis,
        united.parameters_at_once,
        united.parameters_named,
        united.failed_controls
    from united
    left join {{ source('rules', 'units') }} as units on split_part(united.base_unit, '/', 2) = units.unit
    where united.position = 1
)

select * from final
