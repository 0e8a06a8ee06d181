-- Months of measured properties by regime (参数月值与取值立场): the value the regime picks, which goes into the account, and where
-- they differ the two values of a gap beside it, which price the gap.
with months as (
    select * from {{ ref('regime_months') }}
    union all by name
    select
        asked.regime,
        steam.*
    from {{ ref('steam_enthalpies') }} as steam
    cross join {{ source('settings', 'regimes') }} as asked
),

stances as (
    select unnest(['picked', 'conservative', 'best_estimate']) as stance
),

final as (
    select
        months.*,
        stances.stance,
        case coalesce(nullif(stances.stance, 'picked'), regimes.missing_data_stance)
            when 'conservative' then months.substitute
            else months.best_estimate
        end as found
    from months
    inner join {{ source('rules', 'regimes') }} as regimes on months.regime = regimes.regime
    cross join stances
    where stances.stance = 'picked' or months.substitute is distinct from months.best_estimate
)

select * from final
