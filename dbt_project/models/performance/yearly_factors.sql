-- The five factors of each pair of years (年度因素), as numbers: they say which part a change goes to, the change itself is exact.
-- A carrier that one year lacks has the other year's factor: its coming or going is the mix's.
with final as (
    select
        * exclude (from_amount, to_amount),
    {% for side, other in [('from', 'to'), ('to', 'from')] -%}
        case when is_separable then cast({{ side }}_output_of_all as double) else 1 end as {{ side }}_activity,
        case when is_separable then cast({{ side }}_output as double) / cast({{ side }}_output_of_all as double) else 1 end
            as {{ side }}_mix,
        cast(case when is_energy then {{ side }}_energy_gj else {{ side }}_amount end as double)
        / case when is_separable then cast({{ side }}_output as double) else 1 end as {{ side }}_intensity,
        case when is_energy then coalesce(cast({{ side }}_amount as double), 0) / cast({{ side }}_energy_gj as double) else 1 end
            as {{ side }}_share,
        coalesce(
            cast({{ side }}_tco2e as double) / nullif(cast({{ side }}_amount as double), 0),
            cast({{ other }}_tco2e as double) / nullif(cast({{ other }}_amount as double), 0),
            0
        ) as {{ side }}_factor
        {{- ',' if not loop.last }}
    {% endfor %}
    from {{ ref('yearly_pairs') }}
    where not is_whole
)

select * from final
