-- Why a year differs from the year before, under the regimes that performance is followed under: each facility, and all whose
-- years are whole together (facility_id ''). The parts that move nothing are left out; what the parts leave over stands beside.
with followed as (
    select *
    from marts.fct_yearly_changes
    where regime in (select regime from plan.subjects)
),

totals as (
    select distinct regime, from_year, to_year, facility_id, from_tco2e, to_tco2e
    from followed
),

places as (
    select regime, from_year, to_year, facility_id, from_tco2e as start_tco2e, to_tco2e as end_tco2e, 1 as facilities
    from totals
    union all
    select regime, from_year, to_year, '', sum(from_tco2e), sum(to_tco2e), count(*)
    from totals
    group by regime, from_year, to_year
    having count(*) > 1
),

parts as (
    select regime, from_year, facility_id, yearly_part, position, name_zh, name_en, difference_tco2e
    from followed
    union all
    select regime, from_year, '', yearly_part, min(position), any_value(name_zh), any_value(name_en), sum(difference_tco2e)
    from followed
    group by regime, from_year, yearly_part
),

bridged as (
    select
        places.*,
        parts.yearly_part,
        parts.position,
        parts.name_zh,
        parts.name_en,
        parts.difference_tco2e,
        places.end_tco2e - places.start_tco2e
        - sum(parts.difference_tco2e) over (partition by places.regime, places.from_year, places.facility_id) as residual_tco2e,
        places.to_year = max(places.to_year) over (partition by places.regime, places.facility_id) as is_newest
    from places
    inner join parts
        on
            places.regime = parts.regime
            and places.from_year = parts.from_year
            and places.facility_id = parts.facility_id
)

select
    bridged.*,
    facilities.name_zh as facility_zh,
    facilities.name_en as facility_en
from bridged
left join marts.dim_facilities as facilities on bridged.facility_id = facilities.facility_id
where bridged.difference_tco2e <> 0
order by bridged.regime, bridged.facility_id, bridged.to_year desc, bridged.position
