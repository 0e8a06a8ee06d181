-- Every kind of source stream with the folder of rules it comes from, in the order in which the rules list it.
select rule_folder, stream_type, scope, conservative_direction, name_zh, name_en
from rules.stream_types
order by case rule_folder when 'every_sector' then 0 else 1 end, rule_folder, rowid
