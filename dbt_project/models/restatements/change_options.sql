-- What each place may hold while a change is spread over its parts (变化选项): its earlier value, which belongs to no part, or
-- what one part adds to it. All options of a place stand on one scale and over one divisor.
with places as (
    select
        places.*,
        lines.regime,
        lines.month
    from {{ ref('changed_places') }} as places
    inner join {{ ref('paired_lines') }} as lines on places.emission_id = lines.emission_id
    where places.place <> 'unchanged'
),

-- a measured property is a mean: its change, or its coming in the place of a default, is of the part that moved it most
moved as (
    select
        regime,
        parameter_id,
        month,
        change_part,
        row_number() over (
            partition by regime, parameter_id, month order by abs(sum(amount)) desc, change_part
        ) as place_of_size
    from {{ ref('changed_readings') }}
    where kind <> 'activity_data'
    group by regime, parameter_id, month, change_part
    qualify place_of_size = 1
),

parted as (
    select
        places.*,
        quantities.change_part as quantity_part,
        coalesce(quantities.number, places.later_number - places.earlier_number) as added,
        coalesce(quantities.scale, places.scale) as common_scale,
        case
            when places.place = 'gwp' then 'gwp_set'
            when places.place = 'consolidation_share' then 'boundary'
            when places.place = 'factor' then 'factor_edition'
            when places.place in ('quantity', 'unit') then 'unit'
            else coalesce(later.change_part, earlier.change_part, 'method')
        end as own_part
    from places
    left join {{ ref('quantity_changes') }} as quantities
        on places.emission_id = quantities.emission_id and places.place = quantities.place
    left join moved as later
        on
            places.regime = later.regime and places.month = later.month
            and places.later_parameter_id = later.parameter_id
    left join moved as earlier
        on
            places.regime = earlier.regime and places.month = earlier.month
            and places.earlier_parameter_id = earlier.parameter_id
),

final as (
    select distinct
        emission_id, position, divisor, common_scale as scale,
        cast(null as varchar) as change_part,
        {{ guarded_product(['earlier_number', power_of_ten('common_scale - scale')]) }} as number,
        earlier_value as value
    from parted
    union all by name
    select
        emission_id, position, divisor, common_scale as scale,
        coalesce(quantity_part, own_part) as change_part,
        added as number,
        coalesce(cast(added as double) / power(10, common_scale) / divisor, later_value - earlier_value) as value
    from parted
    where not is_same
)

select * from final
