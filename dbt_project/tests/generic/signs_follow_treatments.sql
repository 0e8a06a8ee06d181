{#- A method's sign and the treatment of its stream type say the same thing: -1 where it is subtracted, +1 where counted. -#}
{% test signs_follow_treatments(model) %}
with treatments as (
    {{ of_every_regime('regime_treatments') }}
)

select
    methods.regime,
    methods.stream_type,
    methods.sign,
    treatments.treatment
from {{ model }} as methods
inner join treatments
    on coalesce(methods.regime, treatments.regime) = treatments.regime and methods.stream_type = treatments.stream_type
where (treatments.treatment = 'subtracted' and methods.sign <> -1) or (treatments.treatment = 'counted' and methods.sign <> 1)
{% endtest %}
