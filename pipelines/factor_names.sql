-- The names that may be asked for, with the code each stands for. A fuel's other names are found by pipelines.units.
with subjects as (
    select distinct subject from rules.factors
    where subject is not null
),

regions as (
    select region_code from rules.factors
    union
    select region_code from rules.grid_regions
    union
    select grid_region from rules.grid_regions
),

final as (
    select
        'fuel' as kind,
        fuel as code,
        unnest([fuel, name_zh, name_en]) as name
    from rules.fuels
    union all
    select
        'fuel',
        subject,
        subject
    from subjects
    union all
    select distinct
        'parameter',
        parameter,
        parameter
    from rules.factors
    union all
    select
        'regime',
        regime,
        unnest([regime, name_zh, name_en])
    from rules.regimes
    union all
    select
        'region',
        region_code,
        region_code
    from regions
)

select distinct * from final
where name is not null
order by kind, code, name
