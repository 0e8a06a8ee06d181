-- What the evaluation plan looks at, month by month (评价指标): a numerator, and a denominator where the metric is a ratio.
-- Sites of the enterprise stand for themselves; '' is all of them together.
with by_facility as (
    select
        'measured_share' as metric, facility_id as object_id, cast(date_trunc('month', period_start) as date) as month,
        count(*) filter (where basis in ('measured', 'apportioned')) as numerator, count(*) as denominator
    from {{ ref('admitted') }}
    where role = 'account' and kind = 'activity_data'
    group by facility_id, date_trunc('month', period_start)
    union all
    select
        'severe_failures', facility_id, month, count(*) filter (where status in ('FAIL', 'ERROR')), null
    from {{ ref('control_months') }}
    where severity = 'E' and facility_id is not null and month is not null
    group by facility_id, month
    union all
    select
        'confirmed_factors', lines.facility_id, lines.month,
        count(*) filter (where workings.verification_status = 'confirmed'), count(*)
    from {{ ref('workings') }} as workings
    inner join {{ ref('emission_lines') }} as lines on workings.emission_id = lines.emission_id
    where workings.factor_id is not null and workings.basis = 'default'
    group by lines.facility_id, lines.month
    union all
    select
        'outdated_factors', lines.facility_id, lines.month, count(*) filter (where workings.is_earlier_year), null
    from {{ ref('workings') }} as workings
    inner join {{ ref('emission_lines') }} as lines on workings.emission_id = lines.emission_id
    where workings.factor_id is not null
    group by lines.facility_id, lines.month
    union all
    select
        'tasks_done', coalesce(facility_id, ''), cast(date_trunc('month', due_on) as date),
        count(*) filter (where done_on <= due_on), count(*)
    from {{ source('plan', 'tasks') }}
    group by coalesce(facility_id, ''), date_trunc('month', due_on)
),

final as (
    select
        metric,
        object_id,
        month,
        cast(numerator as decimal(38, 12)) as numerator,
        cast(denominator as decimal(38, 12)) as denominator
    from by_facility
    where object_id <> ''
    union all
    select metric, '', month, sum(numerator), sum(denominator)
    from by_facility
    group by metric, month
    union all
    select * from {{ ref('subject_metrics') }}
)

select * from final
