-- What happened to the data themselves (数据变化), by facility and stream: calibrations that lapsed, readings that a rule filled,
-- values that people put in.
with points as (
    select distinct
        meters.meter_id,
        meters.facility_id,
        parameters.stream_id
    from {{ source('plan', 'meters') }} as meters
    inner join {{ source('plan', 'parameters') }} as parameters
        on meters.point_id = parameters.source_key and meters.channel = parameters.measure
    where parameters.role = 'account' and parameters.record_type in ('load_profile', 'register_reading')
),

filled as (
    select
        stream_id,
        facility_id,
        parameter_id,
        cast(date_trunc('month', period_start) as date) as month,
        basis,
        min(rule_id) as rule_id
    from {{ ref('admitted') }}
    where basis in ('substituted', 'default', 'missing', 'override')
    group by stream_id, facility_id, parameter_id, date_trunc('month', period_start), basis
),

final as (
    select
        'calibration' as kind,
        lapses.meter_id as object_id,
        points.facility_id,
        points.stream_id,
        lapses.lapsed_from as changed_on,
        lapses.lapsed_to as lasts_until,
        concat('表计 ', lapses.meter_id, ' 自 ', lapses.lapsed_from, ' 至 ', lapses.lapsed_to, ' 超检定期') as evidence_zh,
        concat('meter ', lapses.meter_id, ' without a valid calibration from ', lapses.lapsed_from, ' to ', lapses.lapsed_to)
            as evidence_en
    from {{ ref('calibration_lapses') }} as lapses
    inner join points on lapses.meter_id = points.meter_id
    union all
    select
        basis,
        parameter_id,
        facility_id,
        stream_id,
        month,
        last_day(month) + 1,
        concat('参数 ', parameter_id, ' 当月', case basis
            when 'override' then '采用人工订正值' when 'missing' then '缺数据' else '按规则 ' || coalesce(rule_id, '') || ' 替代'
        end),
        concat('parameter ', parameter_id, case basis
            when 'override' then ' carries a value that people put in' when 'missing' then ' lacks data in the month'
            else ' is filled by rule ' || coalesce(rule_id, '') || ' in the month'
        end)
    from filled
)

select * from final
