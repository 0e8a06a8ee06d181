-- Whole years of each stream (排放源年度量): what it emitted under a regime, and the energy it stands for; a stream without energy
-- by the quantity it used. A year that is not over, or began before the account, is not here.
with emitted as (
    select
        emissions.regime,
        emissions.facility_id,
        emissions.stream_id,
        cast(year(emissions.month) as integer) as year,
        sum(emissions.emissions_tco2e) as emissions_tco2e
    from {{ ref('emissions') }} as emissions
    where emissions.scope <> 'biogenic'
    group by all
),

energy as (
    select
        facility_id,
        stream_id,
        cast(year(month) as integer) as year,
        -- a month that is unknown is unknown in the emissions as well
        case when bool_and(reason = '') then sum(energy_gj) end as energy_gj
    from {{ ref('energy_months') }}
    group by all
),

used as (
    select
        regime,
        stream_id,
        cast(year(month) as integer) as year,
        case when count(distinct unit) = 1 then sum(quantity) end as quantity
    from {{ ref('stream_months') }}
    group by all
),

kinds as (
    select
        streams.stream_id,
        bool_or(rules.stream_type is not null) as is_grid
    from {{ source('plan', 'streams') }} as streams
    left join {{ source('rules', 'bridge_rules') }} as rules
        on streams.stream_type = rules.stream_type and rules.factors_item = 'grid_factor'
    group by streams.stream_id
),

final as (
    select
        emitted.*,
        kinds.is_grid,
        coalesce(energy.energy_gj, 0) <> 0 as is_energy,
        coalesce(nullif(energy.energy_gj, 0), used.quantity, 0) as amount
    from emitted
    inner join kinds on emitted.stream_id = kinds.stream_id
    cross join {{ source('settings', 'build') }} as build
    left join energy
        on emitted.facility_id = energy.facility_id and emitted.stream_id = energy.stream_id and emitted.year = energy.year
    left join used
        on emitted.regime = used.regime and emitted.stream_id = used.stream_id and emitted.year = used.year
    where make_date(emitted.year, 12, 31) < build.as_of and make_date(emitted.year, 1, 1) >= build.first_period
)

select * from final
