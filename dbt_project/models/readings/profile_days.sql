-- Load profiles as readings (日电量): one row per parameter and local day, in the plan's unit. Reads no list.
-- Two meters at one point on one day are main and check meter: adding them would count twice, so neither is used.
with claimed as (
    select
        claims.parameter_id,
        profiles.*,
        claims.plan_unit,
        claims.numerator,
        claims.denominator,
        claims.reason
    from {{ ref('stg_load_profiles') }} as profiles
    inner join {{ ref('claims') }} as claims
        on claims.record_type = 'load_profile'
        and profiles.meter_id = claims.source_key
        and profiles.channel = claims.measure
        and profiles.unit = claims.unit
        and profiles.local_date >= greatest(claims.claim_from, claims.source_from)
        and profiles.local_date < least(claims.claim_to, claims.source_to)
    where profiles.is_current
),

crowded as (
    select
        parameter_id,
        local_date
    from claimed
    group by parameter_id, local_date
    having count(*) > 1
),

converted as (
    select
        claimed.*,
        case
            when crowded.parameter_id is not null then 'SPAN_OVERLAP'
            when claimed.reason is null and claimed.quantity is null then 'NUM_BLANK'
            else claimed.reason
        end as final_reason,
        {{ convert('claimed.quantity', 'claimed.numerator', 'claimed.denominator') }} as converted_quantity
    from claimed
    left join crowded
        on claimed.parameter_id = crowded.parameter_id
        and claimed.local_date = crowded.local_date
),

final as (
    select
        {{ fingerprint(['parameter_id', 'record_id']) }} as reading_id,
        parameter_id,
        'load_profile' as record_type,
        local_date as period_start,
        local_date + 1 as period_end,
        case when final_reason is null then converted_quantity end as quantity,
        plan_unit as unit,
        {{ hours('values_expected * interval_minutes * 60') }} as hours_expected,
        case
            when final_reason is null then {{ hours('values_missing * interval_minutes * 60') }}
            else {{ hours('values_expected * interval_minutes * 60') }}
        end as hours_missing,
        'measured' as basis,
        false as is_event,
        quantity as source_quantity,
        unit as source_unit,
        final_reason as reason,
        file_sha256,
        sheet,
        row_first,
        row_last
    from converted
)

select * from final
