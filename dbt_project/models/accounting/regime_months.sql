-- Each regime's months of a parameter (各制度的参数月值): by the regime's own missing-data rule where it has one, else by the
-- general rule. Both values stand side by side; the regime's stance picks later.
with general as (
    select
        asked.regime,
        months.*
    from {{ ref('parameter_months') }} as months
    cross join {{ source('settings', 'regimes') }} as asked
),

final as (
    select general.*
    from general
    left join {{ ref('own_rule_months') }} as own
        on
            general.regime = own.regime
            and general.parameter_id = own.parameter_id
            and general.month = own.month
    where own.parameter_id is null
    union all by name
    select * from {{ ref('own_rule_months') }}
)

select * from final
