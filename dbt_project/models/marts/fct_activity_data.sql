-- Activity data by parameter and month (活动数据), without a regime: what was measured, the best estimate and the
-- substitute.
with months as (
    select
        *,
        {{ trillionths('best_estimate') }} as whole,
        {{ trillionths('apportioned') }} as apportioned_part,
        {{ trillionths('overridden') }} as overridden_part,
        {{ trillionths('best_estimate_fill') }} as filled_part
    from {{ ref('parameter_months') }}
    where kind in ('activity_data', 'production')
),

final as (
    select
        stream_id,
        facility_id,
        parameter_id,
        kind,
        month,
        case when periods_unestimated = 0 then best_estimate end as quantity,
        unit,
        best_estimate,
        substitute,
        measured_quantity,
        {{ share_of('(whole - filled_part - apportioned_part - overridden_part)', 'whole') }} as measured_share,
        {{ share_of('apportioned_part', 'whole') }} as apportioned_share,
        {{ share_of('overridden_part', 'whole') }} as overridden_share,
        {{ share_of('filled_part', 'whole') }} as substituted_share,
        cast(hours_missing as decimal(18, 6)) as hours_missing
    from months
)

select * from final
