-- Why two regimes differ (制度差异归因): each line's difference by item, exact to the last stored digit. What a line's quantity,
-- factors and GWP add is independent of their order (Shapley); each is rounded once and the remainder goes to the largest.
with lines as (
    select * from {{ ref('attributed_lines') }}
),

parts as (
    select *, 'substitution' as item, {{ shapley_of_three('quantity', 'factors', 'gwp') }} as part
    from lines where is_on_both
    union all by name
    select *, factors_item as item, {{ shapley_of_three('factors', 'quantity', 'gwp') }} as part
    from lines where is_on_both
    union all by name
    select *, 'gwp' as item, {{ shapley_of_three('gwp', 'quantity', 'factors') }} as part
    from lines where is_on_both
),

rounded as (
    select
        *,
        cast(round(part, 6) as decimal(38, 6)) as amount,
        row_number() over (partition by from_regime, to_regime, line_id order by abs(part) desc, item) = 1 as is_largest
    from parts
),

shared as (
    select
        *,
        to_whole - from_whole - sum(amount) over (partition by from_regime, to_regime, line_id) as remainder
    from rounded
),

items as (
    select *, case when is_largest then amount + remainder else amount end as tco2e
    from shared
    union all by name
    select *, 'rounding' as item, difference - (to_whole - from_whole) as tco2e
    from lines where is_on_both
    union all by name
    select *, absence_item as item, difference as tco2e
    from lines where not is_on_both
),

final as (
    select
        from_regime,
        to_regime,
        line_id,
        facility_id,
        stream_id,
        month,
        item,
        cast(sum(tco2e) as decimal(38, 6)) as difference_tco2e
    from items
    group by from_regime, to_regime, line_id, facility_id, stream_id, month, item
    having sum(tco2e) <> 0
)

select * from final
