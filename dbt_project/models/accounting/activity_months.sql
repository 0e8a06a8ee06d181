-- Activity data (活动数据) by regime, stream, parameter and month: the regime's stance picks the value of a gap.
-- A month with a gap that no rule fills, or with a severe finding, is incomplete and says which line it is.
with streams as (
    select
        treated.*,
        coalesce(regimes.missing_data_stance, 'conservative') = 'conservative' as is_conservative
    from {{ ref('treated_streams') }} as treated
    left join {{ source('rules', 'regimes') }} as regimes on treated.regime = regimes.regime
    where treated.treatment in ('counted', 'subtracted', 'apart', 'missing')
),

picked as (
    select
        months.*,
        case when is_conservative then substitute else best_estimate end as quantity,
        case when is_conservative then substitute_fill else best_estimate_fill end as substituted_quantity,
        case when is_conservative then periods_unsubstituted else periods_unestimated end as periods_missing,
        concat_ws(' ', months.stream_id, months.parameter_id, strftime(months.month, '%Y-%m')) as line
    from {{ ref('regime_months') }} as months
    inner join streams
        on
            months.regime = streams.regime
            and months.stream_id = streams.stream_id
            and months.first_date >= streams.valid_from
            and months.first_date < streams.valid_to
    where months.kind = 'activity_data'
),

final as (
    select
        regime,
        stream_id,
        facility_id,
        parameter_id,
        month,
        quantity,
        unit,
        {{ is_gross("unit || ' ' || measure") }} as is_gross,
        case when quantity is not null then quantity - substituted_quantity - apportioned - overridden end
            as measured_quantity,
        substituted_quantity,
        apportioned as apportioned_quantity,
        overridden as overridden_quantity,
        hours_missing,
        first_date,
        periods_missing = 0 and failed_controls = '' as is_complete,
        {{ gap_reason('缺', '期数据，自', '起没有规则补足', '未通过严重控制', '；') }} as incomplete_reason_zh,
        {{ gap_reason(
            'lacks', 'period(s) from', 'on, and no rule fills them', 'fails severe control(s)', '; '
        ) }} as incomplete_reason_en
    from picked
)

select * from final
