-- What the accounts made of the sheet: one row per regime, stream, month and gas, and each stream that a regime leaves out.
select
    inventory.regime,
    inventory.stream_id as key,
    inventory.stream_type as stream,
    inventory.fuel as material,
    inventory.month,
    inventory.gas,
    inventory.scope,
    inventory.activity_quantity,
    inventory.activity_unit,
    inventory.emissions_t,
    inventory.emissions_tco2e,
    inventory.status,
    inventory.error_code,
    inventory.reason_zh,
    inventory.reason_en,
    inventory.method_id,
    lines.sign,
    inventory.emission_id
from accounting.accounted_lines as inventory
left join accounting.emission_lines as lines on inventory.emission_id = lines.emission_id
union all
select
    regime,
    stream_id,
    stream_type,
    fuel,
    null,
    '',
    '',
    null,
    '',
    null,
    null,
    treatment,
    '',
    reason_zh,
    reason_en,
    '',
    null,
    ''
from accounting.treated_streams
where treatment in ('excluded', 'outside')
order by 1, 2, 5, 6
