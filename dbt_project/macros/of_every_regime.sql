{#- Rows of a rules table by regime: a row without a regime holds in every one, and a row that names its regime outranks it. -#}
{% macro of_every_regime(table) %}
    select
        *,
        true as is_own_regime
    from {{ source('rules', table) }}
    where regime is not null
    union all
    select
        general.* replace (regimes.regime as regime),
        false as is_own_regime
    from {{ source('rules', table) }} as general
    cross join {{ source('rules', 'regimes') }} as regimes
    where general.regime is null
{% endmacro %}
