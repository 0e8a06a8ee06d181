-- From what was reported of a closed period to what it comes to now, all its facilities together: both totals and the parts
-- that add up to the difference. Periods that nothing has moved have no row.
with totals as (
    select
        period_name,
        regime,
        sum(reported_tco2e) as reported_tco2e,
        sum(restated_tco2e) as restated_tco2e
    from marts.fct_closed_periods
    group by period_name, regime
),

parts as (
    select
        period_name,
        regime,
        change_part,
        min(position) as position,
        any_value(name_zh) as name_zh,
        any_value(name_en) as name_en,
        sum(difference_tco2e) as difference_tco2e
    from marts.fct_restatements
    group by period_name, regime, change_part
)

select
    parts.period_name,
    parts.regime,
    parts.change_part,
    parts.name_zh,
    parts.name_en,
    parts.difference_tco2e,
    totals.reported_tco2e as start_tco2e,
    totals.restated_tco2e as end_tco2e,
    totals.restated_tco2e - totals.reported_tco2e
    - sum(parts.difference_tco2e) over (partition by parts.period_name, parts.regime) as residual_tco2e
from parts
inner join totals on parts.period_name = totals.period_name and parts.regime = totals.regime
order by parts.period_name desc, parts.regime, parts.position
