-- Energy between successive register readings (示数差 × 倍率) of one meter and channel. Knows meters, no parameters.
-- A register ends at its final reading and begins at its first: nothing is subtracted across a replacement.
with readings as (
    select
        stg.*,
        {{ register_place('stg.event') }} as place,
        coalesce(stg.unit, meters.unit) as register_unit,
        meters.multiplier as plan_multiplier,
        meters.valid_from as plan_from,
        meters.register_digits as plan_digits,
        meters.rated_per_hour as plan_rated
    from {{ ref('stg_register_readings') }} as stg
    left join {{ source('plan', 'meters') }} as meters
        on
            stg.meter_id = meters.meter_id
            and stg.channel = coalesce(nullif(meters.channel, ''), stg.channel)
            and {{ is_valid_on('cast(stg.read_at as date)', 'meters') }}
    where stg.is_current
),

paired as (
    select
        *,
        read_at as end_at,
        lag(read_at) over series as start_at,
        lag(place) over series as start_place,
        lag(register) over series as start_register,
        lag(file_sha256) over series as start_file_sha256,
        lag(sheet) over series as start_sheet,
        lag(row_first) over series as start_row,
        coalesce(register_digits, plan_digits, lag(plan_digits) over series) as digits,
        coalesce(lag(plan_rated) over series, plan_rated) as rated_per_hour,
        coalesce(lag(multiplier) over series, multiplier, lag(plan_multiplier) over series, plan_multiplier, 1)
            as factor,
        coalesce(
            multiplier <> lag(multiplier) over series,
            plan_multiplier <> lag(plan_multiplier) over series and read_at > plan_from, false
        ) as is_multiplier_changed
    from readings
    window series as (partition by meter_id, channel order by read_at, place, row_first)
),

advanced as (
    select
        *,
        {{ seconds_between('start_at', 'end_at') }} as seconds,
        {{ exact_share('(register - start_register)', mantissa('factor'), 1000000000000) }} as plain,
        case when start_register * 10 > 9 * {{ register_top('digits') }} then {{ exact_share(
            '(register - start_register + ' ~ register_top('digits') ~ ')', mantissa('factor'), 1000000000000
        ) }} end as rolled
    from paired
    where start_at < end_at and start_place > 0 and place < 2
),

final as (
    select
        *,
        case
            when is_multiplier_changed then 'REG_MULTIPLIER_CHANGED'
            when register >= start_register then case when plain is null then 'NUM_RANGE' end
            when rolled * 3600 <= coalesce(rated_per_hour * seconds, rolled * 3600) then null
            else 'REG_BACKWARDS'
        end as reason,
        case when reason is null and register < start_register then 'REG_ROLLOVER' end as flag,
        case when reason is null then case when register < start_register then rolled else plain end end as quantity
    from advanced
)

select * from final
