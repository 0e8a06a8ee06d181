-- Energy between successive register readings (示数差 × 倍率) of one meter and channel. Knows meters, not parameters.
-- A removed meter ends at its final reading, an installed one begins at its first: nothing is subtracted across an event.
with readings as (
    select
        stg.*,
        case
            when lower(stg.event) in ('removed', '拆表', '拆除') then 'end'
            when lower(stg.event) in ('installed', 'replaced', '装表', '安装', '换表') then 'start'
            else 'middle'
        end as place,
        meters.multiplier as plan_multiplier,
        meters.valid_from as plan_from,
        meters.register_digits as plan_digits,
        meters.unit as plan_unit,
        meters.rated_per_hour as plan_rated
    from {{ ref('stg_register_readings') }} as stg
    left join {{ source('plan', 'meters') }} as meters
        on stg.meter_id = meters.meter_id
        and stg.channel = coalesce(nullif(meters.channel, ''), stg.channel)
        and cast(stg.read_at as date) >= coalesce(meters.valid_from, date '0001-01-01')
        and cast(stg.read_at as date) < coalesce(meters.valid_to, date '9999-12-31')
    where stg.is_current
),

paired as (
    select
        *,
        lag(place) over series as start_place,
        lag(read_at) over series as start_at,
        lag(register) over series as start_register,
        lag(multiplier) over series as start_multiplier,
        lag(plan_multiplier) over series as start_plan_multiplier,
        lag(file_sha256) over series as start_file_sha256,
        lag(sheet) over series as start_sheet,
        lag(row_first) over series as start_row,
        coalesce(unit, plan_unit, lag(plan_unit) over series) as register_unit,
        coalesce(register_digits, plan_digits, lag(plan_digits) over series) as digits,
        coalesce(lag(plan_rated) over series, plan_rated) as rated_per_hour
    from readings
    window series as (
        partition by meter_id, channel
        order by read_at, case place when 'end' then 0 when 'middle' then 1 else 2 end, row_first
    )
),

advanced as (
    select
        *,
        coalesce(start_multiplier, multiplier, start_plan_multiplier, plan_multiplier, 1) as factor,
        coalesce(multiplier <> start_multiplier, plan_multiplier <> start_plan_multiplier and read_at > plan_from, false)
            as is_multiplier_changed,
        {{ seconds_between('start_at', 'read_at') }} as seconds,
        register < start_register and start_register * 10 > cast('9' || repeat('0', digits) as hugeint) as is_near_top,
        register - start_register as advance,
        register - start_register + cast('1' || repeat('0', digits) as hugeint) as advance_over_top
    from paired
    where start_at < read_at and start_place <> 'end' and place <> 'start'
),

multiplied as (
    select
        *,
        {{ exact_share('advance', mantissa('factor'), 1000000000000) }} as plain,
        case when is_near_top then {{ exact_share('advance_over_top', mantissa('factor'), 1000000000000) }} end as rolled
    from advanced
),

judged as (
    select
        *,
        case
            when is_multiplier_changed then 'REG_MULTIPLIER_CHANGED'
            when advance >= 0 then null
            when rolled is null or rolled * 3600 > rated_per_hour * seconds then 'REG_BACKWARDS'
        end as reason
    from multiplied
),

final as (
    select
        {{ fingerprint(['meter_id', 'channel', 'start_at', 'read_at', 'file_sha256', 'row_first']) }} as record_id,
        meter_id,
        meter_id as source_key,
        channel,
        start_at,
        read_at as end_at,
        start_register,
        register as end_register,
        factor as multiplier,
        case when reason is null and advance < 0 then rolled when reason is null then plain end as quantity,
        register_unit as unit,
        reason,
        case when reason is null and advance < 0 then 'REG_ROLLOVER' end as flag,
        file_sha256,
        sheet,
        row_first,
        row_last,
        start_file_sha256,
        start_sheet,
        start_row
    from judged
)

select * from final
