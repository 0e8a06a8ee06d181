-- The record sheet of a facility and month: its parameters in the plan's order, with names and the day it is due.
select
    records.*,
    facilities.name_zh as facility_zh,
    facilities.name_en as facility_en,
    kinds.name_zh as kind_zh,
    kinds.name_en as kind_en,
    duties.due_on,
    case
        when records.file_count > 3
            then concat(records.file_count, ' 个文件 files: ', split_part(records.file_names, '；', 1), ' …')
        else records.file_names
    end as files
from marts.fct_monthly_records as records
left join (select distinct on (facility_id) * from plan.facilities) as facilities
    on records.facility_id = facilities.facility_id
left join rules.parameter_kinds as kinds on records.kind = kinds.kind
left join marts.fct_duties as duties
    on records.facility_id = duties.facility_id and records.month = duties.period_start and duties.duty_id = 'CAL-01'
where records.facility_id = $facility and records.month = $month
order by records.parameter_id, records.unit
