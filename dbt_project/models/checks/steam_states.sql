-- Steam whose enthalpy and temperature were measured together (蒸汽状态): do the two belong together? Superheated steam takes up
-- heat by its heat capacity, so what is left of the enthalpy without it is the same in every sample of one steam.
with states as (
    select
        enthalpies.record_id,
        enthalpies.source_key,
        enthalpies.quantity as enthalpy,
        temperatures.quantity as temperature,
        enthalpies.quantity - {{ limit_of('DQ29', 'heat_capacity') }} * temperatures.quantity as rest
    from {{ ref('stg_lab_assays') }} as enthalpies
    inner join {{ ref('stg_lab_assays') }} as temperatures
        on
            enthalpies.site_code = temperatures.site_code
            and enthalpies.material_code = temperatures.material_code
            and enthalpies.sample_id = temperatures.sample_id
    where
        enthalpies.property = 'enthalpy' and enthalpies.unit = 'kJ/kg' and enthalpies.is_current
        and temperatures.property = 'temperature' and temperatures.unit = '℃' and temperatures.is_current
        and enthalpies.quantity > 0
),

usual as (
    select
        source_key,
        median(rest) as middle,
        count(rest) as samples_known
    from states
    group by source_key
),

misfits as (
    select
        states.*,
        usual.samples_known,
        abs(states.rest - usual.middle) / states.enthalpy as misfit
    from states
    inner join usual on states.source_key = usual.source_key
),

spread as (
    select
        source_key,
        1.4826 * median(misfit) as sigma
    from misfits
    group by source_key
),

final as (
    select
        misfits.record_id || '|' || assays.planned_id as row_key,
        assays.planned_id,
        assays.facility_id,
        assays.stream_id,
        assays.period_start,
        misfits.enthalpy,
        misfits.temperature,
        try_cast(misfits.misfit as decimal(38, 6)) as misfit,
        try_cast(greatest(
            {{ limit_of('DQ29', 'least_gap') }}, {{ limit_of('DQ29', 'sigmas') }} * spread.sigma
        ) as decimal(38, 6)) as misfit_allowed,
        misfits.samples_known >= {{ limit_of('DQ29', 'months_of_history') }} as has_history
    from misfits
    inner join spread on misfits.source_key = spread.source_key
    inner join {{ ref('assays') }} as assays on misfits.record_id = assays.record_id
)

select * from final
