-- The rules that a regression is held against, by their names.
select
    name,
    value,
    description_zh,
    description_en
from rules.performance_limits
