-- Why a facility's year differs from the year before, part by part; a part that is 0 in every facility and year is left out.
select
    changes.regime,
    changes.from_year,
    changes.to_year,
    changes.facility_id,
    facilities.name_zh as facility_zh,
    facilities.name_en as facility_en,
    changes.from_tco2e,
    changes.to_tco2e,
    changes.yearly_part,
    changes.name_zh,
    changes.name_en,
    changes.difference_tco2e
from marts.fct_yearly_changes as changes
left join marts.dim_facilities as facilities on changes.facility_id = facilities.facility_id
where changes.difference_tco2e is null or changes.difference_tco2e <> 0
order by changes.regime, changes.facility_id, changes.from_year, changes.position
