{#-
Admitted readings by parameter and month, with both values for a gap. A quantity adds up over the month; a property (heat
value, carbon content …) is the mean of what the month has. `more`: columns of the relation that a month is further told by.
-#}
{% macro months_of(relation, more=[]) -%}
with measures as (
    select
        parameter_id,
        string_agg(distinct measure, ' ' order by measure) as measure
    from {{ source('plan', 'parameters') }}
    group by parameter_id
),

totalled as (
    select
        {% for column in more %}admitted.{{ column }},
        {% endfor -%}
        admitted.parameter_id,
        admitted.stream_id,
        admitted.facility_id,
        admitted.kind,
        admitted.unit,
        cast(date_trunc('month', admitted.period_start) as date) as month,
        any_value(kinds.aggregation) as aggregation,
        any_value(coalesce(measures.measure, '')) as measure,
        count(*) as periods,
        count(best_estimate) as periods_estimated,
        count(substitute) as periods_substituted,
        sum(best_estimate) as best_estimate,
        sum(substitute) as substitute,
        sum(case when basis = 'apportioned' then best_estimate else 0 end) as apportioned,
        sum(case when basis = 'override' then best_estimate else 0 end) as overridden,
        sum(case when basis = 'substituted' then coalesce(fill_best_estimate, best_estimate) else 0 end)
            as best_estimate_fill,
        sum(case when basis = 'substituted' then coalesce(fill_substitute, substitute) else 0 end) as substitute_fill,
        sum(coalesce(measured_quantity, 0)) as measured_quantity,
        sum(hours_missing) as hours_missing,
        min(period_start) as first_date,
        min(period_start) filter (where best_estimate is null or substitute is null) as first_missing,
        string_agg(distinct nullif(failed_controls, ''), ', ' order by nullif(failed_controls, '')) as failed_controls
    from {{ relation }} as admitted
    left join {{ source('rules', 'parameter_kinds') }} as kinds on admitted.kind = kinds.kind
    left join measures on admitted.parameter_id = measures.parameter_id
    where admitted.role = 'account'
    group by all
),

final as (
    select
        {% for column in more %}{{ column }},
        {% endfor -%}
        parameter_id,
        stream_id,
        facility_id,
        kind,
        month,
        unit,
        measure,
        {{ month_value('best_estimate', 'periods_estimated') }} as best_estimate,
        {{ month_value('substitute', 'periods_substituted') }} as substitute,
        apportioned,
        overridden,
        best_estimate_fill,
        substitute_fill,
        measured_quantity,
        hours_missing,
        periods - periods_estimated as periods_unestimated,
        periods - periods_substituted as periods_unsubstituted,
        first_date,
        first_missing,
        coalesce(failed_controls, '') as failed_controls
    from totalled
)

select * from final
{%- endmacro %}
