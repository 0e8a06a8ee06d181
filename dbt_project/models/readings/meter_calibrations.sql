-- When each meter was in calibration (检定有效期): unbroken stretches from a passed test to its due date,
-- cut short by the next failed test.
with tests as (
    select
        meter_id,
        calibrated_on,
        result,
        due_on,
        min(case when result = 'fail' then calibrated_on end) over (
            partition by meter_id order by calibrated_on, result
            rows between 1 following and unbounded following
        ) as next_failed_on
    from {{ source('plan', 'calibrations') }}
),

passed as (
    select
        meter_id,
        calibrated_on as covered_from,
        least(due_on, coalesce(next_failed_on, due_on)) as covered_to
    from tests
    where result = 'pass'
),

marked as (
    select
        *,
        case
            when covered_from <= max(covered_to) over (
                partition by meter_id order by covered_from, covered_to rows between unbounded preceding and 1 preceding
            ) then 0 else 1
        end as is_new
    from passed
),

numbered as (
    select
        *,
        sum(is_new) over (
            partition by meter_id order by covered_from, covered_to rows between unbounded preceding and current row
        ) as stretch
    from marked
),

stretches as (
    select
        meter_id,
        min(covered_from) as covered_from,
        max(covered_to) as covered_to
    from numbered
    group by meter_id, stretch
),

final as (
    select
        *,
        coalesce(lead(covered_from) over (partition by meter_id order by covered_from), date '9999-12-31') as next_from
    from stretches
)

select * from final
