-- The metrics of subjects and targets, month by month (对象与目标的评价指标): performance against the normalised baseline,
-- forecast against the path, measures that hindsight confirms, reviews that wait too long.
with months as (
    select distinct subject_id, month
    from {{ ref('monthly_performance') }}
),

overdue as (
    select
        months.subject_id,
        months.month,
        count(reviews.review_id) as reviews
    from months
    left join {{ ref('reviews') }} as reviews
        on
            months.subject_id = reviews.subject_id
            and reviews.is_trigger
            and reviews.status <> 'settled_by_plan'
            and last_day(months.month) > reviews.due_on
            and last_day(months.month) <= coalesce(cast(reviews.approved_at as date), date '9999-12-31')
    group by months.subject_id, months.month
),

verdicts as (
    select
        target_id,
        count(*) filter (where verdict = 'confirmed') as confirmed,
        count(*) filter (where verdict in ('confirmed', 'not_distinguishable', 'worse')) as judged
    from {{ ref('measure_results') }}
    where target_id <> ''
    group by target_id
),

final as (
    select
        'performance_ratio' as metric, expected.subject_id as object_id, expected.month,
        cast(expected.emissions_tco2e as decimal(38, 12)) as numerator,
        cast(expected.expected_tco2e as decimal(38, 12)) as denominator
    from {{ ref('expected_months') }} as expected
    inner join {{ ref('normalising_baselines') }} as chosen on expected.baseline_key = chosen.baseline_key
    union all
    select 'target_ratio', target_id, cut_month, cast(forecast_value as decimal(38, 12)), path_value
    from {{ ref('target_progress') }}
    where forecast_value is not null and path_value is not null
    union all
    select 'overdue_reviews', subject_id, month, cast(reviews as decimal(38, 12)), null
    from overdue
    union all
    -- hindsight grows with time: it is known at the date of account, not for months gone by
    select
        'measures_confirmed', verdicts.target_id,
        cast(date_trunc('year', build.as_of) - interval 1 month as date), cast(verdicts.confirmed as decimal(38, 12)),
        cast(nullif(verdicts.judged, 0) as decimal(38, 12))
    from verdicts
    cross join {{ source('settings', 'build') }} as build
    where verdicts.judged > 0
)

select * from final
