{#-
The planned readings of one side of a comparison with the value that a regime picks of them: its own rule's where it has one,
and the conservative substitute or the best estimate by its stance. `readings`: for the units in which they were received.
-#}
{% macro picked_readings(is_later, admitted, regime_admitted, regimes, readings) -%}
    select
        {{ is_later }} as is_later,
        months.regime,
        admitted.planned_id,
        admitted.parameter_id,
        admitted.stream_id,
        admitted.kind,
        months.month,
        admitted.period_start,
        admitted.period_end,
        admitted.unit,
        admitted.measured_quantity,
        admitted.hours_missing,
        coalesce(own.basis, admitted.basis) as basis,
        case
            when regimes.missing_data_stance = 'conservative' then coalesce(own.substitute, admitted.substitute)
            else coalesce(own.best_estimate, admitted.best_estimate)
        end as picked,
        received.source_units,
        least(months.as_of, builds.as_of) as as_of,
        greatest(months.first_period, builds.first_period) as first_period
    from {{ admitted }} as admitted
    inner join {{ source('closed', 'reported_months') }} as months
        on
            admitted.facility_id = months.facility_id
            and cast(date_trunc('month', admitted.period_start) as date) = months.month
    inner join {{ regimes }} as regimes on months.regime = regimes.regime
    left join {{ regime_admitted }} as own
        on admitted.planned_id = own.planned_id and months.regime = own.regime
    left join (
        select
            parameter_id,
            cast(date_trunc('month', period_start) as date) as month,
            string_agg(distinct source_unit, ' ' order by source_unit) as source_units
        from {{ readings }}
        group by all
    ) as received
        on admitted.parameter_id = received.parameter_id and months.month = received.month
    cross join {{ source('settings', 'build') }} as builds
    where admitted.role = 'account'
{%- endmacro %}
