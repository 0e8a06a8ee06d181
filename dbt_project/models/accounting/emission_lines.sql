-- One line per regime, stream, month and gas (核算行): how much activity, and which method accounts it.
-- A line without exactly one method, without its proof, or beside a line that counts the same carries its error instead.
with final as (
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
            else findings.error_code
        end as error_code,
        methods.method_ids as error_found
    from {{ ref('stream_months') }} as streams
    left join {{ ref('chosen_methods') }} as methods on streams.stream_month_id = methods.stream_month_id
    left join {{ ref('line_findings') }} as findings on streams.stream_month_id = findings.stream_month_id
    left join {{ source('rules', 'stream_types') }} as types on streams.stream_type = types.stream_type
    window stream_gases as (partition by streams.regime, streams.stream_id, streams.month, methods.gas)
)

select * from final
