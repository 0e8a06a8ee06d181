-- Green power against all power bought (绿电不超过购电), by facility and month: the account's zero-factor power may not be
-- more than what came from the grid. One row per green quantity of the account, in its unit.
with powers as (
    select
        planned.*,
        cast(date_trunc('month', planned.period_start) as date) as month
    from {{ ref('planned') }} as planned
    where planned.role = 'account' and planned.kind = 'activity_data'
),

-- only the units that green power is stated in: to all of a dimension's units it would be fifty times the rows
units as (
    select distinct unit from powers where stream_type = 'green_electricity'
),

bought as (
    select
        powers.facility_id,
        powers.month,
        ratios.to_unit as unit,
        case
            when count(powers.quantity) = count(*)
                then sum({{ convert('powers.quantity', 'ratios.numerator', 'ratios.denominator') }})
        end as quantity
    from powers
    inner join {{ source('plan', 'streams') }} as streams
        on powers.stream_id = streams.stream_id and {{ is_valid_on('powers.period_start', 'streams') }}
    inner join {{ ref('unit_ratios') }} as ratios on powers.unit = ratios.from_unit
    inner join units on ratios.to_unit = units.unit
    where powers.stream_type = 'purchased_electricity' and coalesce(streams.origin, '') in ('purchased', '')
    group by powers.facility_id, powers.month, ratios.to_unit
),

final as (
    select
        green.planned_id,
        green.facility_id,
        green.stream_id,
        green.period_start,
        green.unit,
        sum(green.quantity) over (partition by green.facility_id, green.month, green.unit) as green_quantity,
        coalesce(bought.quantity, case when bought.facility_id is null then 0 end) as bought_quantity
    from powers as green
    left join bought
        on green.facility_id = bought.facility_id and green.month = bought.month and green.unit = bought.unit
    where green.stream_type = 'green_electricity'
)

select * from final
