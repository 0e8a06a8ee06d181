-- Each stream's two years side by side (逐年对照) as five factors: output of all, the facility's share of it, energy (or material)
-- per output, the stream's share of the energy, emissions per unit of it. Where output is unknown the third is the use itself.
with years as (
    select distinct
        streams.regime,
        streams.facility_id,
        streams.stream_id,
        streams.year - steps.step as from_year
    from {{ ref('yearly_streams') }} as streams
    cross join (values (0), (1)) as steps (step)
    where
        streams.year - steps.step in (select year from {{ ref('yearly_streams') }})
        and streams.year - steps.step + 1 in (select year from {{ ref('yearly_streams') }})
),

sides as (
    select
        years.*,
        {% for side, step in [('from', 0), ('to', 1)] -%}
            {{ side }}_stream.emissions_tco2e as {{ side }}_tco2e,
            {{ side }}_stream.amount as {{ side }}_amount,
            {{ side }}_stream.is_energy as is_{{ side }}_energy,
            {{ side }}_level.facility_id is not null as has_{{ side }}_level,
            {{ side }}_level.energy_gj as {{ side }}_energy_gj,
            {{ side }}_level.output as {{ side }}_output,
            {{ side }}_level.output_of_all as {{ side }}_output_of_all,
            {{ side }}_level.unit as {{ side }}_unit,
        {% endfor -%}
        coalesce(to_stream.is_grid, from_stream.is_grid) as is_grid
    from years
    {% for side, step in [('from', 0), ('to', 1)] -%}
        left join {{ ref('yearly_streams') }} as {{ side }}_stream
            on
                years.regime = {{ side }}_stream.regime and years.stream_id = {{ side }}_stream.stream_id
                and years.facility_id = {{ side }}_stream.facility_id and years.from_year = {{ side }}_stream.year - {{ step }}
        left join {{ ref('yearly_levels') }} as {{ side }}_level
            on
                years.regime = {{ side }}_level.regime and years.facility_id = {{ side }}_level.facility_id
                and years.from_year = {{ side }}_level.year - {{ step }}
    {% endfor -%}
),

judged as (
    select
        *,
        from_year + 1 as to_year,
        coalesce(to_tco2e, 0) - coalesce(from_tco2e, 0) as difference_tco2e,
        coalesce(is_to_energy, is_from_energy) and coalesce(is_from_energy, is_to_energy) as is_energy,
        from_output is not null and to_output is not null and from_unit = to_unit as is_separable
    from sides
),

final as (
    select
        *,
        coalesce(not has_from_level or not has_to_level or (
            not is_energy and (coalesce(from_amount, 0) = 0 or coalesce(to_amount, 0) = 0)
        ) or (is_energy and (from_energy_gj = 0 or to_energy_gj = 0)) or (is_grid and not is_energy)
        or is_from_energy <> is_to_energy, false) as is_whole
    from judged
)

select * from final
