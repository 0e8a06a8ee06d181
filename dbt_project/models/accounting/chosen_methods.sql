-- Which method accounts a stream's month, by gas (方法选择): of those that fit, the rows for its origin before the general
-- ones, the regime's own before those of every regime, then the lowest priority number. Two that rank alike are both named.
with methods as (
    {{ of_every_regime('methods') }}
),

candidates as (
    select
        streams.stream_month_id,
        methods.*,
        coalesce(methods.origin, '') <> '' as is_for_origin
    from {{ ref('stream_months') }} as streams
    inner join {{ source('rules', 'regimes') }} as regimes on streams.regime = regimes.regime
    inner join methods
        on
            streams.regime = methods.regime
            and streams.stream_type = methods.stream_type
            and coalesce(methods.origin, '') in ('', streams.origin)
            and coalesce(methods.fuel, '') in ('', streams.fuel)
            and coalesce(methods.quantity_dimension, '') in ('', streams.dimension)
            and contains(' ' || regimes.gases || ' ', ' ' || methods.gas || ' ')
    left join {{ ref('measured_terms') }} as measured
        on
            concat_ws('|', streams.regime, streams.stream_id, streams.month, methods.measured_kind)
            = measured.measured_id
            and measured.denominator_dimension
            = case methods.measured_per when 'quantity' then streams.dimension else coalesce(methods.measured_per, '') end
    where streams.treatment <> 'missing' and (methods.measured_kind is null or measured.measured_id is not null)
),

ranked as (
    select
        *,
        rank() over (
            partition by stream_month_id, gas order by is_for_origin desc, is_own_regime desc, priority asc
        ) as position,
        bool_or(is_for_origin) over (partition by stream_month_id) as has_own_origin
    from candidates
),

final as (
    select
        stream_month_id,
        gas,
        min(method_id) as method_id,
        min(sign) as sign,
        min(scope) as scope,
        min(subject) as subject,
        string_agg(distinct method_id, ', ' order by method_id) as method_ids
    from ranked
    where position = 1 and is_for_origin = has_own_origin
    group by stream_month_id, gas
)

select * from final
