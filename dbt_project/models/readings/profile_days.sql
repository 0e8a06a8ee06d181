{{ config(materialized='view') }}
-- Load profiles as readings (日电量): one row per parameter and local day, in the plan's unit. It reads no list.
-- A point has one meter at a time (the plan is refused otherwise), so a day is never counted twice.
with claimed as (
    select
        profiles.*,
        claims.parameter_id,
        claims.plan_unit,
        claims.reason as unit_reason,
        profiles.values_expected * profiles.interval_minutes * 60 as seconds_expected,
        profiles.values_missing * profiles.interval_minutes * 60 as seconds_missing,
        {{ convert('profiles.quantity', 'claims.numerator', 'claims.denominator') }} as converted_quantity
    from {{ ref('stg_load_profiles') }} as profiles
    inner join {{ ref('claims') }} as claims
        on
            claims.record_type = 'load_profile'
            and profiles.meter_id = claims.source_key
            and profiles.channel = claims.measure
            and profiles.unit = claims.unit
            and profiles.local_date >= greatest(claims.claim_from, claims.source_from)
            and profiles.local_date < least(claims.claim_to, claims.source_to)
    where profiles.is_current
),

final as (
    select
        {{ fingerprint(['parameter_id', 'record_id']) }} as reading_id,
        parameter_id,
        local_date as period_start,
        local_date + 1 as period_end,
        case when unit_reason is null then converted_quantity end as quantity,
        plan_unit as unit,
        {{ hours('seconds_expected') }} as hours_expected,
        {{ hours('case when unit_reason is null then seconds_missing else seconds_expected end') }} as hours_missing,
        'measured' as basis,
        false as is_event,
        'load_profile' as record_type,
        file_sha256,
        sheet,
        row_first,
        row_last,
        cast(null as varchar) as start_file_sha256,
        cast(null as varchar) as start_sheet,
        cast(null as bigint) as start_row,
        local_date as span_start,
        local_date + 1 as span_end,
        quantity as source_quantity,
        unit as source_unit,
        case
            when unit_reason is not null then unit_reason
            when quantity is null then 'NUM_BLANK'
            when converted_quantity is null then 'NUM_RANGE'
        end as reason
    from claimed
)

select * from final
