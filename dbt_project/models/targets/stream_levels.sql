-- What the streams under review emitted and consumed (排放源水平), in the base years and in the known months since the change, on
-- restated data, and per unit of activity where that has one unit.
with months as (
    select
        restated.subject_id,
        restated.stream_id,
        restated.month,
        sum(restated.emissions_tco2e) as emissions_tco2e,
        count(*) = count(restated.emissions_tco2e) as is_known,
        -- a line a gas: the activity is the same
        max(lines.quantity) as quantity,
        case when min(lines.unit) = max(lines.unit) then min(lines.unit) else '' end as unit
    from {{ ref('restated_lines') }} as restated
    inner join {{ ref('emission_lines') }} as lines on restated.emission_id = lines.emission_id
    group by restated.subject_id, restated.stream_id, restated.month
),

summed as (
    select
        touched.baseline_key,
        touched.trigger_id,
        touched.stream_id,
        case when year(months.month) <= touched.last_year then 'base' else 'since' end as span,
        count(*) as months,
        sum(months.emissions_tco2e) as emissions_tco2e,
        bool_and(months.is_known) as is_known,
        sum(months.quantity) as quantity,
        case when min(months.unit) = max(months.unit) then min(months.unit) else '' end as unit
    from {{ ref('touched_streams') }} as touched
    inner join months on touched.subject_id = months.subject_id and touched.stream_id = months.stream_id
    where
        year(months.month) between touched.first_year and touched.last_year
        or months.month >= touched.month and months.is_known
    group by touched.baseline_key, touched.trigger_id, touched.stream_id, span
),

final as (
    select
        *,
        case
            when unit <> '' and quantity > 0
                then {{ exact_ratio(mantissa('emissions_tco2e'), mantissa('quantity'), 12) }}
        end as tco2e_per_unit
    from summed
)

select * from final
