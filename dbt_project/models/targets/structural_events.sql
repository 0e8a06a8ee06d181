-- The declared events since each total's base years (结构性事件), with what the unit emitted in those years: the mean year, known
-- only where every base year is stated. `base_key`: the effective baseline.
with bases as (
    select *
    from {{ ref('baselines') }}
    where measure = 'total' and baseline_kind <> 'regression' and value is not null
),

stated as (
    select
        bases.baseline_key as base_key,
        emitted.event_id,
        count(distinct emitted.year) as years,
        sum(emitted.emissions_tco2e) as emissions_tco2e
    from bases
    inner join {{ source('plan', 'event_emissions') }} as emitted
        on bases.first_year <= emitted.year and bases.last_year >= emitted.year
    group by bases.baseline_key, emitted.event_id
),

final as (
    select
        bases.baseline_key as base_key,
        events.event_id,
        events.event_kind,
        events.happened_on,
        events.existed_since,
        events.is_scope_shift_covered,
        cast(bases.value as decimal(28, 6)) as base_tco2e,
        cast(bases.last_year as integer) as base_last_year,
        case
            when stated.years = bases.last_year - bases.first_year + 1
                then
                    cast(
                        {{ exact_ratio(mantissa('stated.emissions_tco2e'), 'stated.years * 1000000000000', 6) }} as decimal(28, 6)
                    )
        end as unit_tco2e
    from {{ source('plan', 'events') }} as events
    inner join {{ ref('event_subjects') }} as touched on events.event_id = touched.event_id
    inner join bases on touched.subject_id = bases.subject_id
    cross join {{ source('settings', 'build') }} as build
    left join stated on bases.baseline_key = stated.base_key and events.event_id = stated.event_id
    where events.happened_on <= build.as_of and events.happened_on >= make_date(bases.first_year, 1, 1)
)

select * from final
