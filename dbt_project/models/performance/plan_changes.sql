-- What the plan says changed and when (计划中的变化), by facility: what enters or leaves the boundary, new ways of measuring, and
-- new versions with their reason. `cause`: b scope, boundary, scale or product mix; c factors or methods; d other.
with dated as (
    select
        'facility' as kind,
        facility_id as object_id,
        facility_id,
        '' as stream_id,
        name_zh,
        name_en,
        'b' as cause,
        valid_from,
        valid_to
    from {{ source('plan', 'facilities') }}
    union all
    select
        'stream' as kind,
        stream_id as object_id,
        facility_id,
        stream_id,
        name_zh,
        name_en,
        'b' as cause,
        valid_from,
        valid_to
    from {{ source('plan', 'streams') }}
    union all
    select
        'parameter', parameters.parameter_id, streams.facility_id, parameters.stream_id, parameters.name_zh, parameters.name_en,
        case when parameters.kind in ('activity_data', 'production') then 'b' else 'c' end, parameters.valid_from,
        parameters.valid_to
    from {{ source('plan', 'parameters') }} as parameters
    inner join (select distinct stream_id, facility_id from {{ source('plan', 'streams') }}) as streams
        on parameters.stream_id = streams.stream_id
    where parameters.role = 'account'
    union all
    select 'meter', meter_id || '/' || point_id, facility_id, '', name_zh, name_en, 'd', valid_from, valid_to
    from {{ source('plan', 'meters') }}
),

turned as (
    select *, valid_from as changed_on, '起用' as verb_zh, 'begins' as verb_en from dated
    union all
    select *, valid_to, '止用', 'ends' from dated where valid_to is not null
),

versioned as (
    select
        'plan_version' as kind, version as object_id, facilities.facility_id, '' as stream_id, 'd' as cause,
        versions.valid_from as changed_on,
        '计划版本 ' || version || '：' || split_part(reason, ' / ', 1) as evidence_zh,
        'plan version ' || version || ': ' || coalesce(nullif(split_part(reason, ' / ', 2), ''), reason) as evidence_en
    from {{ source('plan', 'versions') }} as versions
    cross join (select distinct facility_id from {{ source('plan', 'facilities') }}) as facilities
),

final as (
    select distinct
        kind, object_id, facility_id, stream_id, cause, changed_on,
        concat_ws(' ', case kind
            when 'facility' then '设施' when 'stream' then '排放源' when 'parameter' then '监测参数' else '表计'
        end, object_id, name_zh, verb_zh) as evidence_zh,
        concat_ws(' ', kind, object_id, name_en, verb_en) as evidence_en
    from turned
    union all by name
    select * from versioned
)

select final.*
from final
cross join {{ source('settings', 'build') }} as build
where final.changed_on > build.first_period and final.changed_on <= build.as_of
