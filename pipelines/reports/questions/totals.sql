-- Totals by regime and year, for each facility and scope and for all of them together: sums of DECIMALs, nothing else.
-- What the sites transferred to each other is taken off in a line of its own, so that all lines add up to the group's.
-- A sum in which a line is not complete is incomplete; a sum without any known line is unknown, not 0.
with totals as (
    select regime, year, facility_id, scope, emissions_tco2e, status
    from marts.fct_totals
    union all
    select regime, year, '—' as facility_id, scope, -sum(emissions_tco2e) as emissions_tco2e, 'complete' as status
    from marts.fct_transfers
    group by regime, year, scope
),

build as (
    select as_of from settings.build
),

summed as (
    select
        regime,
        year,
        facility_id,
        scope,
        grouping(facility_id) = 1 as is_all_facilities,
        grouping(scope) = 1 as is_all_scopes,
        sum(emissions_tco2e) as emissions_tco2e,
        count(*) filter (where status <> 'complete') as incomplete_lines
    from totals
    group by grouping sets (
        (regime, year, facility_id, scope), (regime, year, facility_id), (regime, year, scope), (regime, year)
    )
),

final as (
    select
        summed.*,
        case when summed.facility_id = '—' then '抵销厂际转移' else facilities.name_zh end as name_zh,
        case when summed.facility_id = '—' then 'Less transfers between sites' else facilities.name_en end as name_en,
        case when summed.incomplete_lines = 0 then 'complete' else 'incomplete' end as status,
        summed.year = year(build.as_of) and build.as_of < make_date(summed.year, 12, 31) as is_running
    from summed
    cross join build
    left join marts.dim_facilities as facilities on summed.facility_id = facilities.facility_id
)

select *
from final
order by regime asc, year desc, is_all_facilities asc, facility_id asc, is_all_scopes asc, scope asc
