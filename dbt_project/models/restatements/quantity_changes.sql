-- The change of a line's quantity by part (数量变化归因), as integers on one scale: what its readings say, all parameters of the
-- stream's activity together; what they leave unsaid goes by the method.
with places as (
    select
        places.*,
        lines.regime,
        lines.stream_id,
        lines.month,
        lines.later_unit as unit
    from {{ ref('changed_places') }} as places
    inner join {{ ref('paired_lines') }} as lines on places.emission_id = lines.emission_id
    where places.place = 'quantity' and places.divisor = 1 and lines.earlier_unit = lines.later_unit
),

said as (
    select
        regime,
        stream_id,
        month,
        unit,
        change_part,
        cast(sum(amount) as decimal(38, 12)) as amount
    from {{ ref('changed_readings') }}
    where kind = 'activity_data'
    group by regime, stream_id, month, unit, change_part
),

parted as (
    select
        places.*,
        said.change_part,
        said.amount,
        greatest(places.scale, max({{ scale_of('said.amount') }}) over (partition by places.emission_id)) as common_scale
    from places
    inner join said
        on
            places.regime = said.regime and places.stream_id = said.stream_id
            and places.month = said.month and places.unit = said.unit
),

numbered as (
    select
        emission_id,
        change_part,
        common_scale as scale,
        {{ mantissa('amount') }} // {{ power_of_ten('12 - common_scale') }} as number,
        (later_number - earlier_number) * {{ power_of_ten('common_scale - scale') }} as whole
    from parted
),

unsaid as (
    select
        emission_id,
        'method' as change_part,
        any_value(scale) as scale,
        any_value(whole) - cast(sum(number) as hugeint) as number
    from numbered
    group by emission_id
),

final as (
    select emission_id, 'quantity' as place, change_part, scale, cast(sum(number) as hugeint) as number
    from (
        select emission_id, change_part, scale, number from numbered
        union all
        select * from unsaid
    ) as parts
    group by emission_id, change_part, scale
)

select * from final where number <> 0
