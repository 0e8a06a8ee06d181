-- What a split of combined heat and power stands on (热电分摊依据): by regime, stream and month, emissions, heat supplied and
-- produced, power generated, all in one unit each. Only streams whose plan has both heats; the regime's stance fills gaps.
with planned as (
    select stream_id
    from {{ source('plan', 'parameters') }}
    where role = 'account' and kind in ('heat_supplied', 'heat_produced')
    group by stream_id
    having count(distinct kind) = 2
),

amounts as (
    select
        months.*,
        {{ convert('months.best_estimate', 'ratios.numerator', 'ratios.denominator') }} as estimated_amount,
        {{ convert('months.substitute', 'ratios.numerator', 'ratios.denominator') }} as substituted_amount
    from {{ ref('parameter_months') }} as months
    inner join {{ ref('unit_ratios') }} as ratios
        on
            months.unit = ratios.from_unit
            and case months.kind when 'power_generated' then 'MWh' else 'GJ' end = ratios.to_unit
    where months.kind in ('heat_supplied', 'heat_produced', 'power_generated')
),

emitted as (
    select
        regime,
        stream_id,
        facility_id,
        month,
        cast(sum(emissions_tco2e) as decimal(38, 12)) as emissions,
        bool_and(error_code is null and is_complete) as is_complete,
        string_agg(distinct coalesce(error_zh, nullif(incomplete_reason_zh, '')), '；') as reason_zh,
        string_agg(distinct coalesce(error_en, nullif(incomplete_reason_en, '')), '; ') as reason_en
    from {{ ref('emissions') }}
    where scope <> 'biogenic'
    group by regime, stream_id, facility_id, month
),

stanced as (
    select
        emitted.*,
        amounts.kind,
        regimes.missing_data_stance = 'conservative' as is_conservative,
        case when is_conservative then amounts.substituted_amount else amounts.estimated_amount end as amount,
        case when is_conservative then amounts.periods_unsubstituted else amounts.periods_unestimated end = 0
        and amounts.failed_controls = '' as is_whole
    from emitted
    inner join planned on emitted.stream_id = planned.stream_id
    inner join {{ source('rules', 'regimes') }} as regimes on emitted.regime = regimes.regime
    left join amounts on emitted.stream_id = amounts.stream_id and emitted.month = amounts.month
),

final as (
    select
        * exclude (kind, is_conservative, amount, is_whole),
        sum(amount) filter (where kind = 'heat_supplied') as heat_supplied_gj,
        sum(amount) filter (where kind = 'heat_produced') as heat_produced_gj,
        sum(amount) filter (where kind = 'power_generated') as power_generated_mwh,
        coalesce(bool_and(is_whole), false) as is_whole
    from stanced
    group by all
)

select * from final
