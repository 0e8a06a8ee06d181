-- Compared lines with the item that a difference of theirs belongs to (差异归属): of their factors, or of their absence on one
-- side; and both products rounded as a regime without a rounding rule stores them.
with rules as (
    {{ bridge_rules_by_stream() }}
),

final as (
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
)

select * from final
