-- Measured properties (实测参数) by regime, stream and month that may stand in a product instead of a default: heat value,
-- carbon content, oxidation and emission factor. The unit is split into what it counts and what it divides by.
with properties as (
    select months.*
    from {{ ref('parameter_months') }} as months
    where months.kind in (select distinct measured_kind from {{ ref('method_terms') }} where measured_kind is not null)
),

picked as (
    select
        treated.regime,
        properties.*,
        case
            when coalesce(regimes.missing_data_stance, 'conservative') = 'conservative' then properties.substitute
            else properties.best_estimate
        end as value
    from properties
    inner join {{ ref('treated_streams') }} as treated
        on properties.stream_id = treated.stream_id
        and properties.first_date >= treated.valid_from
        and properties.first_date < treated.valid_to
    left join {{ ref('regimes') }} as regimes on treated.regime = regimes.regime
    where treated.treatment in ('counted', 'subtracted')
),

united as (
    select
        picked.*,
        coalesce(units.base_unit, picked.unit) as base_unit,
        coalesce(units.to_base_numerator, 1) as numerator,
        coalesce(units.to_base_denominator, 1) as denominator,
        count(*) over at_once as parameters_at_once,
        concat_ws(', ', min(picked.parameter_id) over at_once, max(picked.parameter_id) over at_once) as parameters_named,
        row_number() over (at_once order by picked.parameter_id, picked.unit) as position
    from picked
    left join {{ ref('units') }} as units on {{ bare_unit('picked.unit') }} = units.unit
    where picked.value is not null
    window at_once as (partition by picked.regime, picked.stream_id, picked.kind, picked.month)
),

split as (
    select
        *,
        case when base_unit like '%/%' then split_part(base_unit, '/', 1) else '' end as numerator_unit,
        case when base_unit like '%/%' then split_part(base_unit, '/', 2) else '' end as denominator_unit,
        case when kind in ('ncv', 'carbon_content', 'emission_factor') then
            case when {{ is_gross("measure || ' ' || unit") }} then 'gross' else 'net' end
            else ''
        end as heat_basis,
        regexp_matches(measure, '_(ad|d|daf)$') as is_other_mass_basis
    from united
    where position = 1
),

final as (
    select
        split.regime, split.stream_id, split.kind, split.month, split.parameter_id, split.value, split.unit,
        split.numerator, split.denominator, split.numerator_unit, split.denominator_unit,
        coalesce(units.dimension, '') as denominator_dimension,
        split.heat_basis,
        split.is_other_mass_basis,
        split.parameters_at_once,
        split.parameters_named,
        split.failed_controls
    from split
    left join {{ ref('units') }} as units on split.denominator_unit = units.unit
)

select * from final
