-- Why a facility's year differs from the year before (逐年变化解释): what each part adds; the parts of a facility add up to its
-- change exactly. Where output is not known, what rests on it is unknown (null) and says so.
with parts as (
    select regime, from_year, to_year, facility_id, yearly_part, sum(difference_tco2e) as difference_tco2e
    from {{ ref('yearly_changes') }}
    group by regime, from_year, to_year, facility_id, yearly_part
),

facilities as (
    select
        regime,
        from_year,
        to_year,
        facility_id,
        sum(coalesce(from_tco2e, 0)) as from_tco2e,
        sum(coalesce(to_tco2e, 0)) as to_tco2e,
        bool_and(is_separable or is_whole) as is_separable
    from {{ ref('yearly_pairs') }}
    group by regime, from_year, to_year, facility_id
),

final as (
    select
        facilities.regime,
        facilities.from_year,
        facilities.to_year,
        facilities.facility_id,
        names.position,
        names.yearly_part,
        names.name_zh,
        names.name_en,
        cast(facilities.from_tco2e as decimal(38, 6)) as from_tco2e,
        cast(facilities.to_tco2e as decimal(38, 6)) as to_tco2e,
        case
            when
                not facilities.is_separable
                and names.yearly_part in ('activity', 'product_mix', 'energy_intensity', 'process_intensity')
                then null
            else cast(coalesce(parts.difference_tco2e, 0) as decimal(38, 6))
        end as difference_tco2e,
        case
            when
                not facilities.is_separable
                and names.yearly_part in ('activity', 'product_mix', 'energy_intensity', 'process_intensity')
                then 'not_separable'
            else 'separated'
        end as status
    from facilities
    cross join {{ source('rules', 'yearly_parts') }} as names
    left join parts
        on
            facilities.regime = parts.regime and facilities.from_year = parts.from_year
            and facilities.facility_id = parts.facility_id and names.yearly_part = parts.yearly_part
)

select * from final
