-- Laboratory samples (样品), one a row: is its number used for another day, and are its results those of the sample before?
with numbers as (
    select
        site_code,
        material_code,
        sample_id,
        count(distinct sampled_on) - 1 as reuses
    from {{ ref('stg_lab_assays') }}
    group by site_code, material_code, sample_id
),

profiles as (
    select
        site_code,
        material_code,
        sample_id,
        min(sampled_on) as sampled_on,
        string_agg(property || '=' || cast(quantity as varchar), ' ' order by property) as results,
        count(distinct property) as properties
    from {{ ref('stg_lab_assays') }}
    where is_current and quantity is not null
    group by site_code, material_code, sample_id
),

final as (
    select
        profiles.site_code,
        profiles.material_code,
        profiles.sample_id,
        numbers.reuses,
        -- one property alone may come out the same by chance
        cast(profiles.properties > 1 and coalesce(profiles.results = lag(profiles.results) over in_time, false) as integer)
            as copies
    from profiles
    inner join numbers
        on
            profiles.site_code = numbers.site_code
            and profiles.material_code = numbers.material_code
            and profiles.sample_id = numbers.sample_id
    window in_time as (partition by profiles.site_code, profiles.material_code order by profiles.sampled_on, profiles.sample_id)
)

select * from final
