-- How wrong each source may make a total (不确定度贡献): of each regime and year, by facility and scope and over all ('').
-- The signed tonnes of all lines that rest on one source add up before anything is squared.
with parts as (
    select
        lines.regime,
        cast(year(lines.month) as integer) as year,
        lines.facility_id,
        coalesce(nullif(lines.scope, ''), 'none') as scope,
        parts.source_id,
        parts.default_of <> '' as is_default,
        transfers.emission_id is not null as is_transfer,
        cast(round(emissions.emissions_tco2e * cast(parts.relative as double), 9) as decimal(38, 9)) as tco2e
    from {{ ref('uncertain_parts') }} as parts
    inner join {{ ref('emission_lines') }} as lines on parts.emission_id = lines.emission_id
    inner join {{ ref('emissions') }} as emissions on parts.emission_id = emissions.emission_id
    left join {{ ref('transferred_lines') }} as transfers on parts.emission_id = transfers.emission_id
    where emissions.emissions_tco2e is not null and lines.scope <> 'biogenic'
),

sites as (
    select
        regime,
        year,
        facility_id,
        coalesce(scope, '') as scope,
        source_id,
        bool_or(is_default) as is_default,
        cast(sum(tco2e) as decimal(38, 9)) as tco2e
    from parts
    group by grouping sets ((regime, year, facility_id, scope, source_id), (regime, year, facility_id, source_id))
),

final as (
    select * from sites
    union all
    -- the group's total holds no transfer between its own sites
    select
        regime,
        year,
        '' as facility_id,
        '' as scope,
        source_id,
        bool_or(is_default) as is_default,
        cast(sum(tco2e) as decimal(38, 9)) as tco2e
    from parts
    where not is_transfer
    group by regime, year, source_id
)

select * from final
