-- From what was reported of a closed period to what its months come to in this build (重述差异桥): what each part adds, by
-- regime, year and facility. The parts add up to the difference in fct_closed_periods exactly.
with final as (
    select
        months.period_name,
        changes.regime,
        cast(year(changes.month) as integer) as year,
        changes.facility_id,
        parts.position,
        changes.change_part,
        parts.name_zh,
        parts.name_en,
        cast(sum(changes.difference_tco2e) as decimal(38, 6)) as difference_tco2e
    from {{ ref('line_changes') }} as changes
    inner join {{ source('closed', 'reported_months') }} as months
        on
            changes.regime = months.regime
            and changes.facility_id = months.facility_id
            and changes.month = months.month
    inner join {{ source('rules', 'change_parts') }} as parts on changes.change_part = parts.change_part
    group by all
)

select * from final
