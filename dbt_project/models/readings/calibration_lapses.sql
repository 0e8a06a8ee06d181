-- When a meter was out of calibration (超检定期) and by how much its readings may be wrong: from the due date, or from a failed
-- test, to the next passed one. The error is the maximum permissible one, or one found beyond it.
with lapses as (
    select
        meter_id,
        covered_to as lapsed_from,
        next_from as lapsed_to
    from {{ ref('meter_calibrations') }}
    where covered_to < next_from
),

found as (
    select
        lapses.meter_id,
        lapses.lapsed_from,
        max(abs(tests.as_found_error)) as as_found_error
    from lapses
    inner join {{ source('plan', 'calibrations') }} as tests
        on
            lapses.meter_id = tests.meter_id
            and lapses.lapsed_from <= tests.calibrated_on
            and lapses.lapsed_to >= tests.calibrated_on
    group by lapses.meter_id, lapses.lapsed_from
),

meters as (
    select
        meter_id,
        max(maximum_permissible_error) as permissible_error
    from {{ source('plan', 'meters') }}
    group by meter_id
),

-- a meter without a permissible error in the plan has no known one: greatest would skip it, so it is asked for first
final as (
    select
        lapses.meter_id,
        lapses.lapsed_from,
        lapses.lapsed_to,
        case
            when meters.permissible_error is not null then greatest(meters.permissible_error, found.as_found_error)
        end as error
    from lapses
    left join meters on lapses.meter_id = meters.meter_id
    left join found on lapses.meter_id = found.meter_id and lapses.lapsed_from = found.lapsed_from
)

select * from final
