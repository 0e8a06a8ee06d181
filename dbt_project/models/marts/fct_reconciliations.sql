-- Comparisons (对账): what a source states against what its own detail, or a second source, gives. Nothing here is
-- accounted.
with compared as (
    select * from {{ ref('reported_emissions_compared') }}
    union all
    select * from {{ ref('fuel_energy_compared') }}
    union all
    select
        'cross_check' as kind,
        planned.facility_id,
        planned.stream_id,
        planned.parameter_id as subject,
        planned.period_start,
        planned.period_end,
        planned.cross_check_quantity as stated,
        planned.quantity as recomputed,
        planned.unit,
        planned.cross_check_tolerance as tolerance
    from {{ ref('planned') }} as planned
    where planned.cross_check_quantity is not null and planned.quantity is not null
),

gapped as (
    select
        compared.*,
        rules.message_zh,
        rules.message_en,
        coalesce(compared.tolerance, rules.tolerance) as allowed,
        cast({{ exact_ratio(
            mantissa('abs(compared.stated - compared.recomputed)'), 'nullif(' ~ mantissa('abs(compared.recomputed)') ~ ', 0)'
        ) }} as decimal(18, 6)) as gap_ratio
    from compared
    inner join {{ source('rules', 'reconciliation_rules') }} as rules on compared.kind = rules.kind
),

judged as (
    select
        *,
        stated <> recomputed and coalesce(gap_ratio > allowed, true) as is_flagged,
        coalesce(rtrim(rtrim(cast(cast(gap_ratio * 100 as decimal(18, 2)) as varchar), '0'), '.'), '?') as gap_percent
    from gapped
),

final as (
    select
        kind,
        facility_id,
        stream_id,
        subject,
        cast(date_trunc('month', period_start) as date) as month,
        period_start,
        period_end,
        stated,
        recomputed,
        unit,
        gap_ratio,
        is_flagged,
        {{ comparison_message('message_zh') }} as message_zh,
        {{ comparison_message('message_en') }} as message_en
    from judged
)

select * from final
