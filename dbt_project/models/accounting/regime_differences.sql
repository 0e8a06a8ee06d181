-- Why two regimes differ (制度差异归因): each line's difference by item, exact to the last stored digit. What a line's quantity,
-- factors and GWP add is independent of their order (Shapley); each is rounded once and the remainder goes to the largest.
with rules as (
    {{ bridge_rules_by_stream() }}
),

lines as (
    select
        compared.*,
        rules.factors_item,
        case
            when compared.is_stream_on_both and not compared.is_on_both then 'gases_covered' else rules.absence_item
        end as absence_item,
        compared.to_tco2e - compared.from_tco2e as difference,
        cast(round(to_quantity * to_factors * to_gwp, 6) as decimal(38, 6)) as to_whole,
        cast(round(from_quantity * from_factors * from_gwp, 6) as decimal(38, 6)) as from_whole
    from {{ ref('compared_lines') }} as compared
    inner join rules on compared.stream_type = rules.stream_type and compared.origin = rules.origin
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
        amount + case when is_largest
            then to_whole - from_whole - sum(amount) over (partition by from_regime, to_regime, line_id) else 0
        end as tco2e
    from rounded
),

items as (
    select from_regime, to_regime, line_id, facility_id, stream_id, month, item, tco2e from shared
    union all
    select from_regime, to_regime, line_id, facility_id, stream_id, month, 'rounding' as item,
        difference - (to_whole - from_whole) as tco2e
    from lines where is_on_both
    union all
    select from_regime, to_regime, line_id, facility_id, stream_id, month, absence_item as item, difference as tco2e
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
