-- What materials are called.
select fuel, name_zh, name_en
from rules.fuels
order by fuel
