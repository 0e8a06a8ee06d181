-- Product mix (产品结构) of each facility by month: each product stream's share of the output in one unit, and where it moves
-- from the month before by more than the rule allows.
with produced as (
    select
        months.facility_id,
        months.stream_id,
        months.month,
        months.unit,
        sum(months.best_estimate) as quantity
    from {{ ref('parameter_months') }} as months
    where months.kind = 'production' and months.best_estimate is not null
    group by months.facility_id, months.stream_id, months.month, months.unit
),

shared as (
    select
        *,
        {{ exact_ratio(mantissa('quantity'), mantissa('sum(quantity) over (partition by facility_id, month, unit)'), 6) }}
            as share
    from produced
),

followed as (
    select
        *,
        lag(share) over (partition by facility_id, stream_id, unit order by month) as share_before
    from shared
),

final as (
    select
        *,
        coalesce(abs(share - share_before) > {{ performance_limit('product_mix_change') }}, false) as is_change
    from followed
)

select * from final
