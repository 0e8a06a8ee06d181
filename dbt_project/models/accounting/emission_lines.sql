-- One line per regime, stream, month and gas (核算行): how much activity, and which method accounts it.
-- A line without exactly one method, without its proof, or beside a line that counts the same carries its error instead.
with unproven as (
    -- a stream type that must rest on a record of its own, fed by anything else
    select distinct
        parameters.stream_id,
        required.error_code
    from {{ source('plan', 'parameters') }} as parameters
    inner join {{ source('plan', 'streams') }} as streams on parameters.stream_id = streams.stream_id
    inner join {{ source('rules', 'required_records') }} as required on streams.stream_type = required.stream_type
    where
        parameters.role = 'account'
        and parameters.kind = 'activity_data'
        and parameters.record_type is distinct from required.record_type
),

twice as (
    -- one facility's month counted by two ways that shut each other out
    select distinct streams.stream_month_id
    from {{ ref('stream_months') }} as streams
    inner join {{ source('rules', 'exclusive_streams') }} as exclusive
        on streams.stream_type = exclusive.stream_type and streams.fuel = exclusive.fuel
    inner join {{ ref('stream_months') }} as others
        on
            streams.regime = others.regime
            and streams.facility_id = others.facility_id
            and streams.month = others.month
            and exclusive.other_stream_type = others.stream_type
            and exclusive.other_fuel = others.fuel
),

final as (
    select
        concat_ws(
            '|', streams.regime, streams.stream_id, strftime(streams.month, '%Y-%m'), coalesce(methods.gas, ''),
            case when count(*) over stream_gases > 1 then streams.unit end
        ) as emission_id,
        streams.*,
        coalesce(methods.gas, '') as gas,
        methods.method_id,
        methods.sign,
        coalesce(methods.scope, types.scope, '') as scope,
        coalesce(methods.subject, nullif(streams.fuel, ''), streams.stream_type) as subject,
        case
            when streams.treatment = 'missing' then 'TREATMENT_MISSING'
            when methods.method_id is null then 'METHOD_MISSING'
            when methods.method_id <> methods.method_ids then 'METHOD_AMBIGUOUS'
            when twice.stream_month_id is not null then 'COUNTED_TWICE'
            else unproven.error_code
        end as error_code,
        methods.method_ids as error_found
    from {{ ref('stream_months') }} as streams
    left join {{ ref('chosen_methods') }} as methods on streams.stream_month_id = methods.stream_month_id
    left join unproven on streams.stream_id = unproven.stream_id
    left join twice on streams.stream_month_id = twice.stream_month_id
    left join {{ source('rules', 'stream_types') }} as types on streams.stream_type = types.stream_type
    window stream_gases as (partition by streams.regime, streams.stream_id, streams.month, methods.gas)
)

select * from final
