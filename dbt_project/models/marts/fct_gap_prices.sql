-- The price of a gap (缺口的代价): tonnes CO2e between the conservative value and the best estimate of every value that is substituted
-- or fails a severe control, and yuan at the enterprise's own allowance price, else the last one known on
-- the account's date. Ranked; the parts add up.
with known as (
    select
        prices.price_cny_per_t,
        prices.valid_from as price_date,
        prices.source_document as price_source,
        false as is_own_price
    from {{ source('rules', 'allowance_prices') }} as prices
    inner join {{ source('settings', 'build') }} as build on prices.valid_from <= build.as_of
    union all
    select
        price_cny_per_t,
        price_date,
        '工作区设置 / the workspace''s setting: tanku.toml [allowance]',
        true
    from {{ source('settings', 'allowance') }}
),

prices as (
    select * from known
    order by is_own_price desc, price_date desc
    limit 1
),

summed as (
    select
        regime,
        facility_id,
        stream_id,
        month,
        parameter_id,
        string_agg(distinct nullif(cause, ''), ', ' order by nullif(cause, '')) as cause,
        string_agg(distinct nullif(rule_id, ''), ' ' order by nullif(rule_id, '')) as rule_id,
        string_agg(distinct nullif(failed_controls, ''), ', ' order by nullif(failed_controls, '')) as failed_controls,
        bool_or(step_kind = 'default') as is_default,
        cast(case when count(tonnes_at_risk) = count(*) then sum(tonnes_at_risk) end as decimal(28, 6)) as tonnes_at_risk
    from {{ ref('gap_prices') }}
    group by regime, facility_id, stream_id, month, parameter_id
),

final as (
    select
        summed.regime,
        cast(year(summed.month) as integer) as year,
        summed.month,
        summed.facility_id,
        summed.stream_id,
        summed.parameter_id,
        coalesce(summed.cause, '') as cause,
        coalesce(summed.rule_id, '') as rule_id,
        coalesce(summed.failed_controls, '') as failed_controls,
        summed.is_default,
        summed.tonnes_at_risk,
        prices.price_cny_per_t,
        prices.price_date,
        coalesce(prices.price_source, '') as price_source,
        coalesce(prices.is_own_price, false) as is_own_price,
        cast(summed.tonnes_at_risk * prices.price_cny_per_t as decimal(38, 8)) as yuan_at_risk,
        cast(case
            when summed.tonnes_at_risk is not null then row_number() over (
                partition by summed.regime
                order by abs(summed.tonnes_at_risk) desc nulls last, summed.month asc, summed.parameter_id asc
            )
        end as bigint) as place,
        case
            when summed.tonnes_at_risk is null
                then '没有最佳估计，或没有规则给出保守值 / no best estimate, or no rule gives a conservative value'
            else ''
        end as reason
    from summed
    left join prices on true
)

select * from final
