-- The factors in the sheet's products that nobody has checked against the page: an official figure names each of them.
select distinct factor_id, verification_status, source_document, source_locator
from accounting.workings
where factor_id is not null and verification_status <> 'confirmed'
order by verification_status desc, factor_id
