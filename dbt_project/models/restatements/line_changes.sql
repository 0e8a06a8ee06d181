-- What each part adds to a line's change (逐行变化归因), exact to the last stored digit: parts of a product by their Shapley
-- value, rounded once, the remainder to the largest; a line on one side only goes whole to one part.
with lines as (
    select * from {{ ref('paired_lines') }}
),

rounded as (
    select * from {{ ref('shared_changes') }}
),

shared as (
    select
        rounded.emission_id,
        rounded.change_part,
        rounded.amount,
        lines.difference_tco2e - sum(rounded.amount) over (partition by rounded.emission_id) as remainder,
        row_number() over (
            partition by rounded.emission_id order by abs(rounded.amount) desc, rounded.change_part
        ) = 1 as is_largest
    from rounded
    inner join lines on rounded.emission_id = lines.emission_id
),

parts as (
    select
        emission_id,
        change_part,
        case when is_largest then amount + remainder else amount end as tco2e
    from shared
    union all
    -- the same product, stored otherwise: another rule of rounding
    select lines.emission_id, 'method' as change_part, lines.difference_tco2e as tco2e
    from lines
    left join (select distinct emission_id from rounded) as told on lines.emission_id = told.emission_id
    where lines.is_on_both and told.emission_id is null
    union all
    select emission_id, change_part, difference_tco2e as tco2e
    from {{ ref('one_sided_changes') }}
),

final as (
    select
        lines.emission_id,
        lines.regime,
        lines.facility_id,
        lines.stream_id,
        lines.month,
        lines.gas,
        parts.change_part,
        cast(sum(parts.tco2e) as decimal(38, 6)) as difference_tco2e
    from parts
    inner join lines on parts.emission_id = lines.emission_id
    group by all
    having sum(parts.tco2e) <> 0
)

select * from final
