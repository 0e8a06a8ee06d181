{#- One shape for a term that a line asks for, with what a factor is looked up by. -#}
{% macro asked_term(relation, term_order, term, dimension, basis, measured_id='null', error_code='null',
                    failed_controls='null', condition='true') %}
    select
        emission_id,
        regime,
        stream_type,
        region_code,
        month,
        gas,
        subject,
        method_id,
        {{ term_order }} as term_order,
        {{ term }} as term,
        {{ dimension }} as dimension,
        {{ basis }} as basis,
        cast({{ measured_id }} as varchar) as measured_id,
        cast({{ error_code }} as varchar) as error_code,
        cast({{ failed_controls }} as varchar) as failed_controls
    from {{ relation }}
    where {{ condition }}
{% endmacro %}
