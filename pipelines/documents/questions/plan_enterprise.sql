-- Legal entities with their facilities, of the printed version.
select
    legal_entity,
    credit_code,
    string_agg(distinct nullif(industry_code, ''), ', ' order by nullif(industry_code, '')) as industry_code,
    string_agg(distinct facility_id, ', ' order by facility_id) as facilities
from plan.facilities
where valid_from < $until and coalesce(valid_to, date '9999-12-31') > $since
group by legal_entity, credit_code
order by legal_entity
