-- Severe findings that stand over a whole facility and month (设施月严重问题): failures that belong to no single planned
-- reading, such as a stock balance or the plan itself, and severe controls that could give no verdict. Null: over all.
with findings as (
    select
        control_id,
        facility_id,
        month,
        cast(null as date) as valid_from,
        cast(null as date) as valid_to,
        concat_ws(' +', min(row_key), nullif(count(*) - 1, 0)) as found
    from {{ ref('entry_failures') }}
    where severity = 'E' and planned_id is null
    group by control_id, facility_id, month
    union all
    select
        door.control_id,
        null as facility_id,
        null as month,
        controls.valid_from,
        controls.valid_to,
        door.status as found
    from {{ ref('entry_door') }} as door
    inner join {{ source('plan', 'controls') }} as controls on door.control_id = controls.control_id
    where door.record_kind = 'control' and door.status = 'ERROR' and controls.severity = 'E'
),

named as (
    select
        *,
        control_id || ' (' || found || ')' as finding
    from findings
),

months as (
    select distinct
        facility_id,
        month
    from {{ ref('parameter_months') }}
),

final as (
    select
        months.facility_id,
        months.month,
        string_agg(distinct named.finding, ', ' order by named.finding) as findings
    from months
    inner join named
        on
            coalesce(named.facility_id, months.facility_id) = months.facility_id
            and coalesce(named.month, months.month) = months.month
            and {{ is_in_force('named', 'months.month') }}
    group by months.facility_id, months.month
)

select * from final
