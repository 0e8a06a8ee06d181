-- The rules by which defaults stand in the account, with the regimes they hold in.
select
    rule_id,
    rule_zh,
    rule_en,
    string_agg(distinct regime, ', ' order by regime) as regimes
from marts.fct_defaults
group by rule_id, rule_zh, rule_en
order by rule_id, regimes
