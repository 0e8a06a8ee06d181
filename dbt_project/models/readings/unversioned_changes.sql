-- Changes of facilities, streams, meters and guides that no version of the plan answers for (未修订即变更): a change on a day
-- after the first version and farther from every version's first day than the control allows. Every row is a finding.
with changes as (
    select 'facilities' as table_name, facility_id as changed_id, facility_id, unnest([valid_from, valid_to]) as changed_on
    from {{ source('plan', 'facilities') }}
    union all
    select 'streams' as table_name, stream_id, facility_id, unnest([valid_from, valid_to])
    from {{ source('plan', 'streams') }}
    union all
    select 'meters' as table_name, meter_id, facility_id, unnest([valid_from, valid_to])
    from {{ source('plan', 'meters') }}
),

versions as (
    select
        min(valid_from) as first_day,
        list(valid_from) as first_days
    from {{ source('plan', 'versions') }}
),

allowed as (
    select coalesce(max(tolerance), 0) as days
    from {{ source('plan', 'controls') }}
    where control_id = 'DQ50'
),

newest as (
    select
        valid_from,
        guides
    from {{ source('plan', 'versions') }}
    order by valid_from desc
    limit 1
),

guides as (
    select
        'regimes' as table_name,
        concat(asked.regime, ' ', regimes.edition) as changed_id,
        cast(null as varchar) as facility_id,
        newest.valid_from as changed_on
    from {{ source('settings', 'regimes') }} as asked
    inner join {{ source('rules', 'regimes') }} as regimes on asked.regime = regimes.regime
    cross join newest
    where newest.guides <> '' and not contains(newest.guides, concat(asked.regime, ' ', regimes.edition))
),

final as (
    select distinct changes.*
    from changes
    cross join versions
    cross join allowed
    cross join {{ source('settings', 'build') }} as build
    where
        changes.changed_on > versions.first_day
        and changes.changed_on <= build.as_of
        and len(list_filter(versions.first_days, day -> abs(day - changes.changed_on) <= allowed.days)) = 0
    union all
    select * from guides
)

select
    *,
    concat_ws('|', table_name, changed_id, changed_on) as change_id
from final
