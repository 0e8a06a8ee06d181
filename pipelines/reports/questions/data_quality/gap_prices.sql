-- The price of every gap, the dearest first: regime by regime the first twelve, the rest of them in one line, what has no
-- price, and the whole. The lines of a regime add up to its whole.
with ranked as (
    select
        *,
        row_number() over (
            partition by regime order by abs(tonnes_at_risk) desc nulls last, month asc, parameter_id asc
        ) as place_here
    from marts.fct_gap_prices
),

sorted as (
    select
        *,
        case when tonnes_at_risk is null then 'unpriced' when place_here <= 12 then 'gap' else 'rest' end as line,
        case when tonnes_at_risk is null or place_here <= 12 then place_here else 13 end as position
    from ranked
),

lines as (
    select
        regime,
        line,
        position,
        count(*) as gaps,
        sum(tonnes_at_risk) as tonnes_at_risk,
        sum(yuan_at_risk) as yuan_at_risk,
        case when line <> 'rest' then any_value(month) end as month,
        case when line <> 'rest' then any_value(facility_id) end as facility_id,
        case when line <> 'rest' then any_value(stream_id) end as stream_id,
        case when line <> 'rest' then any_value(parameter_id) end as parameter_id,
        case when line <> 'rest' then any_value(cause) end as cause,
        case when line <> 'rest' then any_value(rule_id) end as rule_id,
        case when line <> 'rest' then any_value(failed_controls) end as failed_controls,
        case when line <> 'rest' then any_value(reason) end as reason
    from sorted
    group by regime, line, position
    union all by name
    select
        regime,
        'total' as line,
        null as position,
        count(tonnes_at_risk) as gaps,
        sum(tonnes_at_risk) as tonnes_at_risk,
        sum(yuan_at_risk) as yuan_at_risk
    from sorted
    group by regime
)

select
    lines.*,
    regimes.name_zh as regime_zh,
    regimes.name_en as regime_en,
    facilities.name_zh as facility_zh,
    facilities.name_en as facility_en,
    parameters.name_zh,
    parameters.name_en
from lines
left join marts.dim_regimes as regimes on lines.regime = regimes.regime
left join marts.dim_facilities as facilities on lines.facility_id = facilities.facility_id
left join marts.dim_parameters as parameters on lines.parameter_id = parameters.parameter_id
order by
    lines.regime asc,
    case lines.line when 'gap' then 1 when 'rest' then 2 when 'total' then 3 else 4 end asc,
    lines.position asc
