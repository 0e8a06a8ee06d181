-- One line per regime, stream, month and gas (核算行): how much activity, and which method accounts it.
-- A line without exactly one method carries its error instead.
with streams as (
    select * from {{ ref('stream_months') }}
),

candidates as (
    select
        streams.regime, streams.stream_id, streams.month, streams.unit,
        methods.gas, methods.method_id, methods.sign, methods.scope, methods.subject, methods.priority,
        coalesce(methods.origin, '') <> '' as is_for_origin
    from streams
    inner join {{ ref('regimes') }} as regimes on streams.regime = regimes.regime
    inner join {{ ref('methods') }} as methods
        on streams.regime = methods.regime
        and streams.stream_type = methods.stream_type
        and coalesce(methods.origin, '') in ('', streams.origin)
        and coalesce(methods.fuel, '') in ('', streams.fuel)
        and coalesce(methods.quantity_dimension, '') in ('', streams.dimension)
        and contains(' ' || regimes.gases || ' ', ' ' || methods.gas || ' ')
    left join {{ ref('measured_terms') }} as measured
        on streams.regime = measured.regime
        and streams.stream_id = measured.stream_id
        and streams.month = measured.month
        and methods.measured_kind = measured.kind
        and measured.denominator_dimension
        = case methods.measured_per when 'quantity' then streams.dimension else methods.measured_per end
    where streams.treatment <> 'missing' and (methods.measured_kind is null or measured.kind is not null)
),

ranked as (
    select
        *,
        rank() over (partition by regime, stream_id, month, unit, gas order by is_for_origin desc, priority) as position,
        bool_or(is_for_origin) over (partition by regime, stream_id, month, unit) as has_own_origin
    from candidates
),

chosen as (
    select
        regime, stream_id, month, unit, gas,
        min(method_id) as method_id, min(sign) as sign, min(scope) as scope, min(subject) as subject,
        string_agg(distinct method_id, ', ' order by method_id) as method_ids
    from ranked
    where position = 1 and is_for_origin = has_own_origin
    group by regime, stream_id, month, unit, gas
),

final as (
    select
        concat_ws('|', streams.regime, streams.stream_id, strftime(streams.month, '%Y-%m'), coalesce(chosen.gas, ''), streams.unit_mark)
            as emission_id,
        streams.*,
        coalesce(chosen.gas, '') as gas,
        chosen.method_id,
        chosen.sign,
        coalesce(chosen.scope, types.scope, '') as scope,
        coalesce(chosen.subject, nullif(streams.fuel, ''), streams.stream_type) as subject,
        case
            when streams.treatment = 'missing' then 'TREATMENT_MISSING'
            when chosen.method_id is null then 'METHOD_MISSING'
            when chosen.method_id <> chosen.method_ids then 'METHOD_AMBIGUOUS'
        end as error_code,
        chosen.method_ids as error_found
    from streams
    left join chosen using (regime, stream_id, month, unit)
    left join {{ ref('stream_types') }} as types on streams.stream_type = types.stream_type
)

select * from final
