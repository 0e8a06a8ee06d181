-- May a year be reported as a year (年度完整性)? Per regime, emitting stream and calendar year: months with an emission against
-- the months of that year in which the stream is in the plan. A year that has not ended lacks its last
-- months and says so.
with streams as (
    select distinct
        emissions.regime,
        emissions.facility_id,
        emissions.stream_id
    from {{ ref('emissions') }} as emissions
),

present as (
    select
        regime,
        stream_id,
        year(month) as year,
        count(distinct month) as months_present
    from {{ ref('emissions') }}
    where emissions_tco2e is not null
    group by regime, stream_id, year(month)
),

months as (
    select
        cast(unnest(generate_series(
            date_trunc('year', first_period),
            date_trunc('year', as_of) + interval 11 month,
            interval 1 month
        )) as date) as month
    from {{ source('settings', 'build') }}
),

expected as (
    select
        streams.regime,
        streams.facility_id,
        streams.stream_id,
        year(months.month) as year,
        count(distinct months.month) as months_expected
    from streams
    inner join {{ source('plan', 'streams') }} as planned on streams.stream_id = planned.stream_id
    inner join months
        on
            months.month + interval 1 month > planned.valid_from
            and months.month < coalesce(planned.valid_to, date '9999-12-31')
    group by streams.regime, streams.facility_id, streams.stream_id, year(months.month)
),

final as (
    select
        concat_ws('|', expected.regime, expected.stream_id, cast(expected.year as varchar)) as coverage_id,
        expected.regime,
        expected.facility_id,
        expected.stream_id,
        expected.year,
        make_date(expected.year, 1, 1) as period_start,
        make_date(expected.year + 1, 1, 1) <= settings.as_of as is_ended,
        expected.months_expected,
        coalesce(present.months_present, 0) as months_present
    from expected
    cross join {{ source('settings', 'build') }} as settings
    left join present
        on
            expected.regime = present.regime
            and expected.stream_id = present.stream_id
            and expected.year = present.year
)

select * from final
