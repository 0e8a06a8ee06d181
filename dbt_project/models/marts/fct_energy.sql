-- Energy (能源消费) by stream and month in GJ and tonnes of coal equivalent (当量值), best estimate; energy sold counts negative.
-- A fuel without a coefficient, or in a unit that does not convert, is unknown and says so.
with activity as (
    select
        activity.stream_id,
        activity.facility_id,
        activity.month,
        activity.unit,
        activity.best_estimate as quantity,
        streams.stream_type,
        coalesce(nullif(streams.fuel, ''), methods.subject, '') as fuel,
        coalesce(methods.sign, 1) as sign
    from {{ ref('fct_activity_data') }} as activity
    inner join {{ ref('dim_streams') }} as streams on activity.stream_id = streams.stream_id
    inner join (
        select
            stream_type,
            min(subject) as subject,
            min(sign) as sign
        from {{ ref('methods') }}
        group by stream_type
    ) as methods on streams.stream_type = methods.stream_type
    where activity.kind = 'activity_data'
),

rated as (
    select
        activity.*,
        coefficients.tce_per_unit,
        coefficients.gj_per_unit,
        cast(froms.to_base_numerator as hugeint) * tos.to_base_denominator as numerator,
        cast(froms.to_base_denominator as hugeint) * tos.to_base_numerator as denominator,
        case
            when coefficients.fuel is null then '没有折标系数 / no coefficient'
            when coalesce(froms.dimension <> tos.dimension, true) then '单位不能换算 / unit does not convert'
        end as reason
    from activity
    left join {{ ref('energy_coefficients') }} as coefficients on activity.fuel = coefficients.fuel
    left join {{ ref('units') }} as froms on {{ bare_unit('activity.unit') }} = froms.unit
    left join {{ ref('units') }} as tos on coefficients.unit = tos.unit
),

converted as (
    select
        *,
        case when reason is null then {{ exact_times(['quantity', 'tce_per_unit'], 'numerator', 'denominator') }} end
            as tce,
        case when reason is null then {{ exact_times(
            ['quantity', 'coalesce(gj_per_unit, tce_per_unit)', 'cast(case when gj_per_unit is null then 29.3076 else 1 end as decimal(18, 4))'],
            'numerator', 'denominator'
        ) }} end as gj
    from rated
),

final as (
    select
        facility_id,
        stream_id,
        stream_type,
        fuel,
        month,
        cast(sum(sign * gj) as decimal(38, 6)) as energy_gj,
        cast(sum(sign * tce) as decimal(38, 6)) as energy_tce,
        coalesce(min(reason), '') as reason
    from converted
    group by facility_id, stream_id, stream_type, fuel, month
)

select * from final
